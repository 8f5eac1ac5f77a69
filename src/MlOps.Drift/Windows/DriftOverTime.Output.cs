using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MlOps.Charts;

namespace MlOps.Drift.Windows;

public sealed partial record DriftOverTime
{
    /// <summary>Draws the PSI of every column in every window that was compared: columns down, time across.</summary>
    /// <exception cref="InvalidOperationException">Every window was skipped.</exception>
    public Figure Chart()
    {
        WindowDrift[] compared = [.. Windows.Where(window => window.Report is not null)];
        if (compared.Length == 0)
        {
            throw new InvalidOperationException("Every window was skipped, so there is nothing to draw; each window's SkipReason says why.");
        }

        string[] columns = [.. compared.SelectMany(window => window.Report!.Columns).Select(column => column.Name).Distinct()];
        double[,] psi = new double[columns.Length, compared.Length];
        for (int c = 0; c < columns.Length; c++)
        {
            for (int w = 0; w < compared.Length; w++)
            {
                ColumnDrift? column = compared[w].Report!.Columns.FirstOrDefault(column => column.Name == columns[c]);
                psi[c, w] = column is { Tests.Count: > 0 } ? column["psi"].Statistic : double.NaN;
            }
        }

        return MlOps.Charts.Chart.Heatmap(compared.Select(window => window.Label).ToArray(), columns, psi, "PSI, nats")
            .Titled(Headline(), "reference " + Reference.Description);
    }

    /// <summary>Returns the windows as JSON.</summary>
    /// <remarks><c>{"reference","rowsWithoutTime","rowsOutside","windows":[{"from","to","season","rows":{"reference","current"},"volumeRatio","level","drifted":[…],"skipped"}]}</c>;
    /// <c>skipped</c> is the reason, or null.</remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented }))
        {
            json.WriteStartObject();
            json.WriteString("reference", Reference.Description);
            json.WriteNumber("rowsWithoutTime", RowsWithoutTime);
            json.WriteNumber("rowsOutside", RowsOutside);
            json.WriteStartArray("windows");
            foreach (WindowDrift window in Windows)
            {
                Write(json, window);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Returns how a notebook shows the history: a line a window.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle()
    {
        var html = new StringBuilder("<div style=\"overflow-x:auto\"><div style=\"font-weight:600\">").Append(WebUtility.HtmlEncode(Headline()))
            .Append("</div><table style=\"font-variant-numeric:tabular-nums\"><thead><tr>");
        foreach (string header in s_headers)
        {
            html.Append("<th scope=\"col\" style=\"text-align:left\">").Append(header).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (WindowDrift window in Windows)
        {
            html.Append("<tr>");
            foreach (string cell in Cells(window))
            {
                html.Append("<td style=\"text-align:left\">").Append(WebUtility.HtmlEncode(cell)).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table></div>");
        return new Dictionary<string, string> { ["text/html"] = html.ToString(), ["text/plain"] = ToString() };
    }

    /// <summary>Returns one line a window.</summary>
    public override string ToString()
    {
        var lines = new List<string> { Headline() };
        lines.AddRange(Windows.Select(window => string.Join("  ", Cells(window).Where(cell => cell.Length > 0))));
        return string.Join('\n', lines);
    }

    private static readonly string[] s_headers = ["window", "compared with", "rows a day", "level", "drifted columns"];

    private string Headline()
    {
        int compared = Windows.Count(window => window.Report is not null);
        int alarms = Alarms.Count();
        return alarms switch
        {
            0 => $"None of {compared} windows drifted",
            1 => $"1 of {compared} windows drifted: {Alarms.First().Label}",
            _ => $"{alarms} of {compared} windows drifted, {Alarms.First().Label} first",
        };
    }

    private static string[] Cells(WindowDrift window) => window.Report is { } report
        ?
        [
            window.Label,
            window.Reference!.ToString(),
            window.VolumeRatio.ToString("0.00", CultureInfo.InvariantCulture) + " ×",
            report.Level.ToString().ToLowerInvariant(),
            string.Join(", ", report.Columns.Where(column => column.Drift).Select(column => column.Name)),
        ]
        : [window.Label, window.Reference?.ToString() ?? "", "", "skipped", window.SkipReason!];

    private static void Write(Utf8JsonWriter json, WindowDrift window)
    {
        json.WriteStartObject();
        json.WriteString("from", window.Window.From);
        json.WriteString("to", window.Window.To);
        json.WriteString("season", window.Season);
        json.WriteStartObject("rows");
        json.WriteNumber("reference", window.Rows.Reference);
        json.WriteNumber("current", window.Rows.Current);
        json.WriteEndObject();
        if (double.IsFinite(window.VolumeRatio))
        {
            json.WriteNumber("volumeRatio", window.VolumeRatio);
        }
        else
        {
            json.WriteNull("volumeRatio");
        }

        json.WriteString("level", window.Level.ToString().ToLowerInvariant());
        json.WriteStartArray("drifted");
        foreach (ColumnDrift column in window.Report?.Columns.Where(column => column.Drift) ?? [])
        {
            json.WriteStringValue(column.Name);
        }

        json.WriteEndArray();
        json.WriteString("skipped", window.SkipReason);
        json.WriteEndObject();
    }
}
