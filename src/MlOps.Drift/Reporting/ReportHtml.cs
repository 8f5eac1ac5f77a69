using System.Net;
using System.Text;

namespace MlOps.Drift.Reporting;

/// <summary>The report as a self-contained HTML fragment, readable on light and dark pages.</summary>
internal static class ReportHtml
{
    private const string Cell = "padding:3px 10px;border:0;border-bottom:1px solid rgba(128,128,128,.25);color:inherit;background:transparent;white-space:nowrap;text-align:";
    private const string Vermilion = "#d55e00";

    internal static string Write(DriftReport report)
    {
        var html = new StringBuilder();
        html.Append("<div style=\"color:inherit;overflow-x:auto\">");
        html.Append("<div style=\"font-weight:600\">").Append(Encode(report.Headline())).Append("</div>");
        html.Append("<div style=\"opacity:.75;margin-bottom:6px\">").Append(Encode(ReportTable.RowCounts(report))).Append("</div>");
        OpenTable(html, ReportTable.Header(report));
        foreach (ColumnDrift column in report.Columns)
        {
            Write(html, ReportTable.Row(report, column), column.Level);
        }

        html.Append("</tbody></table>");
        string[][] further = [.. ReportTable.FurtherRows(report)];
        if (further.Length > 0)
        {
            html.Append("<div style=\"font-weight:600;margin-top:8px\">Further tests</div>");
            OpenTable(html, ReportTable.TestHeader);
            Array.ForEach(further, row => Write(html, row, DriftLevel.None));
            html.Append("</tbody></table>");
        }

        WriteFootnotes(html, report);
        return html.Append("</div>").ToString();
    }

    private static void OpenTable(StringBuilder html, string[] header)
    {
        html.Append("<table style=\"border-collapse:collapse;border:0;color:inherit;background:transparent;font-variant-numeric:tabular-nums\"><thead><tr>");
        for (int i = 0; i < header.Length; i++)
        {
            html.Append("<th scope=\"col\" style=\"").Append(Cell).Append(Align(i)).Append("\">").Append(Encode(header[i])).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
    }

    private static void Write(StringBuilder html, string[] cells, DriftLevel level)
    {
        html.Append("<tr style=\"background:transparent\">");
        for (int i = 0; i < cells.Length; i++)
        {
            html.Append("<td style=\"").Append(Cell).Append(Align(i));
            if (i == ReportTable.WordColumns - 1 && level != DriftLevel.None)
            {
                html.Append(";font-weight:600;border-left:4px solid ").Append(level == DriftLevel.Significant ? Vermilion : "rgba(213,94,0,.45)");
            }

            html.Append("\">").Append(Encode(cells[i])).Append("</td>");
        }

        html.Append("</tr>");
    }

    private static void WriteFootnotes(StringBuilder html, DriftReport report)
    {
        html.Append("<div style=\"opacity:.75;margin-top:6px\">").Append(Encode(ReportTable.Legend(report))).Append("</div>");
        var notes = new StringBuilder();
        foreach (ColumnDrift column in report.Columns)
        {
            foreach (string note in column.Notes)
            {
                notes.Append("<li><b>").Append(Encode(column.Name)).Append("</b>: ").Append(Encode(note)).Append("</li>");
            }
        }

        foreach (SkippedColumn skipped in report.Skipped)
        {
            notes.Append("<li><b>").Append(Encode(skipped.Name)).Append("</b> skipped: ").Append(Encode(skipped.Reason)).Append("</li>");
        }

        if (notes.Length > 0)
        {
            html.Append("<ul style=\"margin:6px 0 0;padding-left:1.4em\">").Append(notes).Append("</ul>");
        }
    }

    private static string Align(int column) => column < ReportTable.WordColumns ? "left" : "right";

    internal static string Encode(string text) => WebUtility.HtmlEncode(text);
}
