using System.Globalization;
using System.Net;
using System.Text;

namespace MlOps.Drift.Estimation;

/// <summary>A result as a table with a headline: as aligned text, and as HTML that reads on light and dark pages.</summary>
/// <param name="Headline">The finding.</param>
/// <param name="Subtitle">About whom and how many.</param>
/// <param name="Header">Column names.</param>
/// <param name="Rows">One text a column.</param>
/// <param name="WordColumns">How many columns from the left hold words; the others hold numbers.</param>
/// <param name="Notes">Sentences below the table.</param>
internal sealed record ShownTable(
    string Headline, string Subtitle, string[] Header, IReadOnlyList<string[]> Rows, int WordColumns, IReadOnlyList<string> Notes)
{
    private const string Cell = "padding:3px 10px;border:0;border-bottom:1px solid rgba(128,128,128,.25);color:inherit;background:transparent;white-space:nowrap;text-align:";

    internal static string Number(double value) => value switch
    {
        double.NaN => "–",
        0 => "0",
        _ when Math.Abs(value) is >= 0.001 and < 1e6 => value.ToString(Math.Abs(value) < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0e+0", CultureInfo.InvariantCulture),
    };

    internal static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Percent(double share) => double.IsNaN(share) ? "–" : share.ToString("0.0 %", CultureInfo.InvariantCulture);

    internal IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = ToHtml(),
        ["text/plain"] = ToString(),
    };

    public override string ToString()
    {
        string[][] all = [Header, .. Rows];
        int[] widths = [.. Enumerable.Range(0, Header.Length).Select(i => all.Max(row => row[i].Length))];
        var text = new StringBuilder().Append(Headline).Append('\n').Append(Subtitle).Append("\n\n");
        foreach (string[] row in all)
        {
            IEnumerable<string> cells = row.Select((cell, i) => i < WordColumns ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        foreach (string note in Notes)
        {
            text.Append('\n').Append(note);
        }

        return text.Append('\n').ToString();
    }

    private string ToHtml()
    {
        var html = new StringBuilder("<div style=\"color:inherit;overflow-x:auto\">");
        html.Append("<div style=\"font-weight:600\">").Append(WebUtility.HtmlEncode(Headline)).Append("</div>");
        html.Append("<div style=\"opacity:.75;margin-bottom:6px\">").Append(WebUtility.HtmlEncode(Subtitle)).Append("</div>");
        html.Append("<table style=\"border-collapse:collapse;border:0;color:inherit;background:transparent;font-variant-numeric:tabular-nums\"><thead>");
        AppendRow(html, Header, "th scope=\"col\"", "th");
        html.Append("</thead><tbody>");
        foreach (string[] row in Rows)
        {
            AppendRow(html, row, "td", "td");
        }

        html.Append("</tbody></table>");
        foreach (string note in Notes)
        {
            html.Append("<div style=\"opacity:.75;margin-top:6px\">").Append(WebUtility.HtmlEncode(note)).Append("</div>");
        }

        return html.Append("</div>").ToString();
    }

    private void AppendRow(StringBuilder html, string[] cells, string open, string close)
    {
        html.Append("<tr style=\"background:transparent\">");
        for (int i = 0; i < cells.Length; i++)
        {
            html.Append('<').Append(open).Append(" style=\"").Append(Cell).Append(i < WordColumns ? "left" : "right").Append("\">")
                .Append(WebUtility.HtmlEncode(cells[i])).Append("</").Append(close).Append('>');
        }

        html.Append("</tr>");
    }
}
