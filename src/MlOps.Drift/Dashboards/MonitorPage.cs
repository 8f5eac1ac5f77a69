using System.Globalization;
using System.Net;
using System.Text;
using MlOps.Drift.Monitoring;

namespace MlOps.Drift.Dashboards;

/// <summary>A monitor's history as one HTML page: how it stands, alerts, volume, drift, quality, latency, and what was decided.</summary>
/// <remarks>Self-contained: no script, no font, nothing from elsewhere. Charts are drawings with a description and their numbers beneath.
/// Readable on a phone, in light and dark, and on paper.</remarks>
public static class MonitorPage
{
    /// <summary>Batches drawn; older ones would be thinner than a line.</summary>
    private const int DrawnBatches = 200;

    /// <summary>Writes the page.</summary>
    /// <param name="history">What to show; the last 200 batches are drawn.</param>
    /// <param name="open">The open alerts; from the history's last alert of each group if null.</param>
    public static string ToHtml(MonitorHistory history, IReadOnlyList<Alert>? open = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        return PageFrame.Write(history.Monitor, Body(history, open), script: "");
    }

    /// <summary>Writes the page into a file: all of it or nothing.</summary>
    /// <param name="history">What to show.</param>
    /// <param name="path">The file; its folder must exist. An old one is replaced at once.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteHtml(MonitorHistory history, string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string draft = path + ".part";
        try
        {
            File.WriteAllText(draft, ToHtml(history), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>What stands between the page's frame: also what the live page replaces.</summary>
    internal static string Body(MonitorHistory history, IReadOnlyList<Alert>? open)
    {
        open ??= OpenAlerts(history);
        var html = new StringBuilder();
        Head(html, history, open);
        if (history.Batches.Count == 0)
        {
            return html.Append("<p>No batch has come yet.</p>").ToString();
        }

        Tiles(html, history, open);
        AlertSection.Write(html, history, open);
        foreach ((string heading, IReadOnlyList<ChartOfPage> charts) in HistoryCharts.Of(Recent(history)))
        {
            html.Append("<section><h2>").Append(Encode(heading)).Append("</h2>");
            foreach (ChartOfPage chart in charts)
            {
                chart.Write(html);
            }

            html.Append("</section>");
        }

        LastFindings(html, history);
        Decisions(html, history);
        return html.ToString();
    }

    internal static string Encode(string text) => WebUtility.HtmlEncode(text);

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(
        time.UtcDateTime.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    internal static string Word(AlertSeverity severity) => severity == AlertSeverity.None ? "quiet" : severity.ToString().ToLowerInvariant();

    private static MonitorHistory Recent(MonitorHistory history)
    {
        if (history.Batches.Count <= DrawnBatches)
        {
            return history;
        }

        StoredBatch[] batches = [.. history.Batches.TakeLast(DrawnBatches)];
        return history with { Batches = batches, Measurements = [.. history.Measurements.Where(m => m.Time >= batches[0].Until)] };
    }

    private static Alert[] OpenAlerts(MonitorHistory history) =>
        [.. history.Alerts.GroupBy(alert => alert.Group).Select(group => group.Last()).Where(alert => alert.Kind != AlertKind.Resolved)];

    private static void Head(StringBuilder html, MonitorHistory history, IReadOnlyList<Alert> open)
    {
        AlertSeverity worst = open.Count == 0 ? AlertSeverity.None : open.Max(alert => alert.Severity);
        html.Append("<header><h1>").Append(Encode(history.Monitor)).Append("</h1><p role=\"status\" class=\"state ").Append(Word(worst)).Append("\">")
            .Append(worst == AlertSeverity.None ? "Quiet: no open alert" : FormattableString.Invariant($"{char.ToUpperInvariant(Word(worst)[0])}{Word(worst)[1..]}: {open.Count} open {(open.Count == 1 ? "alert" : "alerts")}"))
            .Append("</p></header>");
    }

    private static void Tiles(StringBuilder html, MonitorHistory history, IReadOnlyList<Alert> open)
    {
        StoredBatch last = history.Batches[^1];
        double? share = history.Measurements.LastOrDefault(m => m.Batch == last.Id && m.Kind == MeasurementKind.Drift && m.Name == "drifted-share")?.Value;
        Measurement? slow = history.Measurements.LastOrDefault(m => m.Batch == last.Id && m.Kind == MeasurementKind.Latency);
        Measurement[] quality = [.. history.Measurements.Where(m => m.Batch == last.Id && m.Kind == MeasurementKind.Quality)];
        (string Name, string Value)[] tiles =
        [
            ("last batch ends", Time(last.Until)),
            ("rows in it", last.Rows.ToString("N0", CultureInfo.InvariantCulture)),
            .. share is { } drifted ? [("columns drifted", (100 * drifted).ToString("0", CultureInfo.InvariantCulture) + " %")] : Array.Empty<(string, string)>(),
            .. quality.Length > 0 ? [("expectations broken", quality.Count(m => m.Value > 0).ToString(CultureInfo.InvariantCulture))] : Array.Empty<(string, string)>(),
            .. slow is not null ? [($"{slow.Name} of {slow.Subject}", Milliseconds(slow.Value))] : Array.Empty<(string, string)>(),
            ("open alerts", open.Count.ToString(CultureInfo.InvariantCulture)),
            ("batches so far", history.Batches.Count.ToString("N0", CultureInfo.InvariantCulture)),
        ];
        html.Append("<dl class=\"tiles\">");
        foreach ((string name, string value) in tiles)
        {
            html.Append("<div><dt>").Append(Encode(name)).Append("</dt><dd>").Append(Encode(value)).Append("</dd></div>");
        }

        html.Append("</dl>");
    }

    private static string Milliseconds(double seconds) => (1000 * seconds).ToString("N1", CultureInfo.InvariantCulture) + " ms";

    private static void LastFindings(StringBuilder html, MonitorHistory history)
    {
        StoredFinding[] findings = [.. history.Findings.Where(f => f.Batch == history.Batches[^1].Id).OrderByDescending(f => f.Finding.Severity)];
        html.Append("<section><h2>What the checks found in the last batch</h2>");
        if (findings.Length == 0)
        {
            html.Append("<p>Nothing.</p></section>");
            return;
        }

        html.Append("<div class=\"wide\"><table><thead><tr><th scope=\"col\">severity</th><th scope=\"col\">check</th><th scope=\"col\">finding</th><th scope=\"col\">where to look</th></tr></thead><tbody>");
        foreach (Finding finding in findings.Select(f => f.Finding))
        {
            html.Append("<tr><td class=\"").Append(Word(finding.Severity)).Append("\">").Append(Word(finding.Severity)).Append("</td><td>").Append(Encode(finding.Check))
                .Append("</td><td>").Append(Encode(finding.Message)).Append("</td><td>").Append(Encode(finding.LookAt)).Append("</td></tr>");
        }

        html.Append("</tbody></table></div></section>");
    }

    private static void Decisions(StringBuilder html, MonitorHistory history)
    {
        if (history.Decisions.Count == 0)
        {
            return;
        }

        html.Append("<section><h2>Decisions about retraining</h2><div class=\"wide\"><table><thead><tr><th scope=\"col\">when</th><th scope=\"col\">what</th><th scope=\"col\">why</th><th scope=\"col\">state</th></tr></thead><tbody>");
        foreach (StoredDecision stored in history.Decisions.Reverse())
        {
            html.Append("<tr><td>").Append(Time(stored.Decision.When)).Append("</td><td>").Append(Encode(stored.Decision.Action.ToString())).Append("</td><td>")
                .Append(string.Join("<br>", stored.Decision.Because.Select(Encode))).Append("</td><td>")
                .Append(Encode(stored.Status.ToString().ToLowerInvariant() + (stored.Error is null ? "" : $": {stored.Error}"))).Append("</td></tr>");
        }

        html.Append("</tbody></table></div></section>");
    }
}
