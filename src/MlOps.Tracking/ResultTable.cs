using System.Net;
using System.Text;

namespace MlOps.Tracking;

/// <summary>A result as a table with a headline: as aligned text, and as HTML that reads on light and dark pages.</summary>
/// <param name="Headline">The finding.</param>
/// <param name="Subtitle">About what; may be empty.</param>
/// <param name="Header">Column names; all empty for a list of properties, which has no header.</param>
/// <param name="Rows">One text a column.</param>
internal sealed record ResultTable(string Headline, string Subtitle, string[] Header, IReadOnlyList<string[]> Rows)
{
    private const string Cell = "padding:3px 10px;border:0;border-bottom:1px solid rgba(128,128,128,.25);color:inherit;background:transparent;vertical-align:top;text-align:left";

    private bool HasHeader => Header.Any(name => name.Length > 0);

    /// <summary>How a notebook shows what is no table.</summary>
    internal static IReadOnlyDictionary<string, string> Plain(string text) => new Dictionary<string, string> { ["text/plain"] = text };

    internal IReadOnlyDictionary<string, string> ToMimeBundle(string text) => new Dictionary<string, string> { ["text/html"] = ToHtml(), ["text/plain"] = text };

    /// <summary>Returns the headline, the subtitle and the rows, aligned.</summary>
    public override string ToString()
    {
        string[][] all = [Header, .. Rows];
        int[] widths = [.. Enumerable.Range(0, Header.Length).Select(i => all.Max(row => row[i].Length))];
        var text = new StringBuilder(Headline);
        if (Subtitle.Length > 0)
        {
            text.Append('\n').Append(Subtitle);
        }

        foreach (string[] row in Rows.Count == 0 ? [] : HasHeader ? all : Rows)
        {
            text.Append('\n').Append(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }

        return text.ToString();
    }

    private string ToHtml()
    {
        var html = new StringBuilder("<div style=\"color:inherit;overflow-x:auto\"><div style=\"font-weight:600\">").Append(WebUtility.HtmlEncode(Headline)).Append("</div>");
        if (Subtitle.Length > 0)
        {
            html.Append("<div style=\"opacity:.75;margin-bottom:6px\">").Append(WebUtility.HtmlEncode(Subtitle)).Append("</div>");
        }

        if (Rows.Count > 0)
        {
            html.Append("<table style=\"border-collapse:collapse;border:0;color:inherit;background:transparent;font-variant-numeric:tabular-nums\">");
            if (HasHeader)
            {
                html.Append("<thead>");
                AppendRow(html, Header, "th scope=\"col\"", "th");
                html.Append("</thead>");
            }

            html.Append("<tbody>");
            foreach (string[] row in Rows)
            {
                AppendRow(html, row, "td", "td");
            }

            html.Append("</tbody></table>");
        }

        return html.Append("</div>").ToString();
    }

    private static void AppendRow(StringBuilder html, string[] cells, string open, string close)
    {
        html.Append("<tr style=\"background:transparent\">");
        foreach (string cell in cells)
        {
            html.Append('<').Append(open).Append(" style=\"").Append(Cell).Append("\">").Append(WebUtility.HtmlEncode(cell)).Append("</").Append(close).Append('>');
        }

        html.Append("</tr>");
    }
}
