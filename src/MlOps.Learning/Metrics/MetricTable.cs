using System.Globalization;
using System.Net;
using System.Text;

namespace MlOps.Learning.Metrics;

/// <summary>A headed table of metrics as text and as a self-contained HTML fragment, readable on light and dark pages.</summary>
/// <param name="Title">The finding.</param>
/// <param name="Subtitle">The population.</param>
/// <param name="Header">One text a column.</param>
/// <param name="Rows">As many texts a row; the first is its name.</param>
internal sealed record MetricTable(string Title, string Subtitle, string[] Header, IReadOnlyList<string[]> Rows)
{
    private const string Cell = "padding:3px 10px;border:0;border-bottom:1px solid rgba(128,128,128,.25);color:inherit;background:transparent;white-space:nowrap;text-align:";

    /// <summary>A rate, to four decimals; a dash where it is undefined.</summary>
    internal static string Share(double value) => double.IsNaN(value) ? "–" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>A number of cases, or a sum of weights.</summary>
    internal static string Count(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>A number of any size.</summary>
    internal static string Number(double value) => double.IsNaN(value) ? "–" : value.ToString("G6", CultureInfo.InvariantCulture);

    internal IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string> { ["text/html"] = ToHtml(), ["text/plain"] = ToText() };

    internal string ToText()
    {
        int[] widths = [.. Header.Select((text, i) => Math.Max(text.Length, Rows.Max(row => row[i].Length)))];
        var text = new StringBuilder();
        text.Append(Title).Append('\n').Append(Subtitle).Append('\n');
        foreach (string[] row in Rows.Prepend(Header))
        {
            string line = string.Concat(row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i] + 2)));
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private string ToHtml()
    {
        var html = new StringBuilder();
        html.Append("<div style=\"color:inherit;overflow-x:auto\"><div style=\"font-weight:600\">").Append(Encode(Title)).Append("</div>");
        html.Append("<div style=\"opacity:.75;margin-bottom:6px\">").Append(Encode(Subtitle)).Append("</div>");
        html.Append("<table style=\"border-collapse:collapse;border:0;color:inherit;background:transparent;font-variant-numeric:tabular-nums\"><thead><tr>");
        Append(html, Header, "th scope=\"col\"", "th");
        html.Append("</tr></thead><tbody>");
        foreach (string[] row in Rows)
        {
            html.Append("<tr style=\"background:transparent\">");
            Append(html, row, "td", "td");
            html.Append("</tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private static void Append(StringBuilder html, string[] cells, string open, string close)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            html.Append('<').Append(open).Append(" style=\"").Append(Cell).Append(i == 0 ? "left" : "right").Append("\">").Append(Encode(cells[i])).Append("</").Append(close).Append('>');
        }
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
