using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Drift.Monitoring;

/// <summary>An alert as JSON, for files and webhooks: names and order stay. A number that JSON cannot write is null.</summary>
internal static class AlertJson
{
    internal static string Write(MonitorRun run, Alert alert) => Text(json => Write(json, run, alert));

    internal static string Write(MonitorRun run) => Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("monitor", run.Monitor);
        json.WriteString("batch", run.Batch);
        json.WriteString("from", run.From);
        json.WriteString("until", run.Until);
        json.WriteNumber("rows", run.Rows);
        json.WriteBoolean("repeat", run.IsRepeat);
        json.WriteString("worst", Lower(run.Worst));
        List(json, "findings", run.Findings, finding => Write(json, finding));
        List(json, "alerts", run.Alerts, alert => Write(json, run, alert));
        List(json, "problems", run.Problems, json.WriteStringValue);
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, MonitorRun run, Alert alert)
    {
        json.WriteStartObject();
        json.WriteString("monitor", run.Monitor);
        json.WriteString("batch", alert.Batch);
        json.WriteString("time", run.Until);
        json.WriteString("kind", Lower(alert.Kind));
        json.WriteString("severity", Lower(alert.Severity));
        json.WriteString("group", alert.Group);
        json.WriteString("title", alert.Title);
        json.WriteString("firstSeen", alert.FirstSeen);
        json.WriteString("lastSeen", alert.LastSeen);
        json.WriteNumber("lastingSeconds", alert.Lasting.TotalSeconds);
        json.WriteNumber("batches", alert.Count);
        List(json, "lines", alert.Lines, line => Write(json, line.Finding, line.Count));
        List(json, "lookAt", alert.LookAt, json.WriteStringValue);
        json.WriteEndObject();
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) // for people and programs, never inside a page
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Finding finding, int? count = null)
    {
        json.WriteStartObject();
        json.WriteString("check", finding.Check);
        json.WriteString("subject", finding.Subject);
        json.WriteString("name", finding.Name);
        json.WriteString("severity", Lower(finding.Severity));
        json.WriteString("message", finding.Message);
        json.WriteNumberOrNull("value", finding.Value);
        json.WriteNumberOrNull("limit", finding.Limit);
        if (count is { } times)
        {
            json.WriteNumber("count", times);
        }

        json.WriteEndObject();
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
