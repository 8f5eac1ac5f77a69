using System.Net;
using System.Text;

namespace MlOps.Fairness;

/// <summary>Rows of cells as aligned text and as HTML: the first column to the left, the others to the right.</summary>
internal static class TextGrid
{
    private const string Cell = "padding:3px 10px;border:0;border-bottom:1px solid rgba(128,128,128,.25);color:inherit;background:transparent;white-space:nowrap;text-align:";

    internal static void Write(StringBuilder text, string[] header, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. header.Select((name, i) => Math.Max(name.Length, rows.Count == 0 ? 0 : rows.Max(row => row[i].Length)))];
        foreach (string[] row in rows.Prepend(header))
        {
            string line = string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])));
            text.Append(line.TrimEnd()).Append('\n');
        }
    }

    internal static void WriteHtml(StringBuilder html, string[] header, IReadOnlyList<string[]> rows)
    {
        html.Append("<table style=\"border-collapse:collapse;border:0;color:inherit;background:transparent;font-variant-numeric:tabular-nums\"><thead><tr>");
        for (int i = 0; i < header.Length; i++)
        {
            html.Append("<th scope=\"col\" style=\"").Append(Cell).Append(Align(i)).Append("\">").Append(Encode(header[i])).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (string[] row in rows)
        {
            html.Append("<tr style=\"background:transparent\">");
            for (int i = 0; i < row.Length; i++)
            {
                html.Append("<td style=\"").Append(Cell).Append(Align(i)).Append("\">").Append(Encode(row[i])).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
    }

    internal static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Align(int column) => column == 0 ? "left" : "right";
}
