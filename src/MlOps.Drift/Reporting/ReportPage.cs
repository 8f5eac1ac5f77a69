using System.Text;
using MlOps.Charts;

namespace MlOps.Drift.Reporting;

/// <summary>The report as one page that needs nothing else: no script, no other file, no network.</summary>
internal static class ReportPage
{
    /// <summary>Characters from which on no more columns get charts and tests of their own, so that the page stays below one megabyte.</summary>
    private const int Budget = 700_000;

    // A figure is drawn for light ground with the colours of MlOps.Charts.Svg.Ink; on dark ground its ground, lines and texts are replaced.
    private const string Style = """
        :root{color-scheme:light dark;--ground:#fff;--card:#fff;--text:#24292f;--muted:#57606a;--edge:#d8dee4;--alarm:#b34700;--head:#f6f8fa}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:72rem;margin:0 auto;padding:1.25rem 1rem 3rem}
        h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0}
        h2{font-size:1.15rem;margin:2.25rem 0 .5rem;overflow-wrap:anywhere}
        p{margin:.35rem 0}
        .muted{color:var(--muted);font-size:.9rem}
        .facts{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0;padding:0;list-style:none}
        .facts li{flex:1 1 8rem;border:1px solid var(--edge);border-radius:10px;padding:.5rem .75rem}
        .facts b{display:block;font-size:1.35rem;font-variant-numeric:tabular-nums}
        .level{font-size:.85rem;font-weight:600;white-space:nowrap}
        .level.significant,.level.moderate,tr.significant td:nth-child(3),tr.moderate td:nth-child(3){color:var(--alarm)}
        .wide{overflow-x:auto;margin:.5rem 0}
        table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
        th,td{padding:.25rem .6rem;border-bottom:1px solid var(--edge);text-align:right;white-space:nowrap}
        th{background:var(--head)}
        th:nth-child(-n+2),td:nth-child(-n+2),.columns th:nth-child(3),.columns td:nth-child(3){text-align:left}
        tr.significant td:nth-child(3),tr.moderate td:nth-child(3){font-weight:600}
        .figure svg{display:block;min-width:32rem}
        details{font-size:.9rem}
        summary{cursor:pointer;color:var(--muted)}
        pre{white-space:pre-wrap;font:inherit;margin:.35rem 0}
        @media (prefers-color-scheme:dark){
        :root{--ground:#0d1117;--card:#161b22;--text:#e6edf3;--muted:#9aa4af;--edge:#30363d;--alarm:#ff9a57;--head:#161b22}
        .figure [fill="#FFFFFF"]{fill:var(--card)}.figure [stroke="#FFFFFF"]{stroke:var(--card)}
        .figure [fill="#24292F"]{fill:var(--text)}.figure [fill="#57606A"]{fill:var(--muted)}
        .figure [stroke="#24292F"]{stroke:var(--text)}.figure [stroke="#57606A"]{stroke:var(--muted)}
        .figure [stroke="#D8DEE4"],.figure [stroke="#E6E9ED"]{stroke:var(--edge)}.figure [fill="#0072B2"]{fill:#3d9ad6}
        }
        @media print{.figure,section{break-inside:avoid}}
        """;

    internal static string Write(DriftReport report)
    {
        var html = new StringBuilder();
        string headline = ReportHtml.Encode(report.Headline());
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(headline).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<main>\n<header>\n<p class=\"muted\">Drift report</p>\n<h1>")
            .Append(headline).Append("</h1>\n");
        Paragraph(html, ReportTable.RowCounts(report));
        Facts(html, report);
        html.Append("</header>\n");
        if (report.Columns.Any(column => column.Tests.Count > 0))
        {
            Picture(html, report.Chart());
        }

        Paragraph(html, ReportTable.Legend(report));
        ColumnDrift[] drifted = [.. report.Columns.Where(column => column.Drift).OrderByDescending(column => column.Level).ThenByDescending(Psi)];
        int shown = Each(html, drifted, column => Section(html, report, column));
        if (shown < drifted.Length)
        {
            Paragraph(html, $"{drifted.Length - shown} more columns have drifted; they are in the table.");
        }

        html.Append("<section>\n<h2>All columns</h2>\n");
        Table(html, "columns", ReportTable.Header(report), report.Columns.Select(column => (ReportTable.Row(report, column), Word(column.Level))));
        Notes(html, report);
        html.Append("</section>\n");
        Each(html, [.. report.Columns.Where(column => !column.Drift)], column => Folded(html, report, column));

        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>Writes column after column while there is room; returns how many.</summary>
    private static int Each(StringBuilder html, ColumnDrift[] columns, Action<ColumnDrift> write)
    {
        int written = 0;
        while (written < columns.Length && html.Length < Budget)
        {
            write(columns[written++]);
        }

        return written;
    }

    private static void Facts(StringBuilder html, DriftReport report)
    {
        Span<(string Number, string What)> facts =
        [
            ($"{report.Columns.Count(column => column.Drift)} of {report.Columns.Count}", "columns have drifted"),
            ($"{report.Columns.Count(column => column.Level == DriftLevel.Significant)}", "significantly"),
            ($"{report.Columns.Count(column => column.Missing != default)}", "with missing values"),
            ($"{report.Skipped.Count}", "skipped"),
        ];
        html.Append("<ul class=\"facts\">\n");
        foreach ((string number, string what) in facts)
        {
            html.Append("<li><b>").Append(number).Append("</b>").Append(what).Append("</li>\n");
        }

        html.Append("</ul>\n");
    }

    private static void Section(StringBuilder html, DriftReport report, ColumnDrift column)
    {
        html.Append("<section>\n<h2>").Append(ReportHtml.Encode(column.Name)).Append(" <span class=\"level ").Append(Word(column.Level)).Append("\">")
            .Append(ReportTable.Level(column.Level)).Append("</span></h2>\n");
        Body(html, report, column);
        html.Append("</section>\n");
    }

    private static void Folded(StringBuilder html, DriftReport report, ColumnDrift column)
    {
        html.Append("<details>\n<summary>").Append(ReportHtml.Encode(column.Name)).Append(": chart and tests</summary>\n");
        Body(html, report, column);
        html.Append("</details>\n");
    }

    private static void Body(StringBuilder html, DriftReport report, ColumnDrift column)
    {
        foreach (string note in column.Notes)
        {
            Paragraph(html, note);
        }

        if (column.Tests.Count == 0)
        {
            return;
        }

        Picture(html, report.ColumnChart(column.Name));
        Table(html, "tests", ReportTable.TestHeader[1..], column.Tests.Select(test => (ReportTable.TestRow(column, test)[1..], "")));
    }

    /// <summary>The drawing, which names and describes itself to a screen reader, and the same in words for everybody.</summary>
    private static void Picture(StringBuilder html, Figure figure) => html
        .Append("<div class=\"wide figure\" tabindex=\"0\">").Append(figure.ToSvg()).Append("</div>\n<details><summary>The chart in words</summary><pre>")
        .Append(ReportHtml.Encode(figure.ToString())).Append("</pre></details>\n");

    private static void Table(StringBuilder html, string kind, string[] header, IEnumerable<(string[] Cells, string Class)> rows)
    {
        html.Append("<div class=\"wide\" tabindex=\"0\"><table class=\"").Append(kind).Append("\"><thead><tr>");
        foreach (string cell in header)
        {
            html.Append("<th scope=\"col\">").Append(ReportHtml.Encode(cell)).Append("</th>");
        }

        html.Append("</tr></thead><tbody>\n");
        foreach ((string[] cells, string rowClass) in rows)
        {
            html.Append(rowClass.Length > 0 ? $"<tr class=\"{rowClass}\">" : "<tr>");
            foreach (string cell in cells)
            {
                html.Append("<td>").Append(ReportHtml.Encode(cell)).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    private static void Notes(StringBuilder html, DriftReport report)
    {
        foreach (ColumnDrift column in report.Columns.Where(column => column.Notes.Count > 0))
        {
            Paragraph(html, $"{column.Name}: {string.Join("; ", column.Notes)}");
        }

        foreach (SkippedColumn skipped in report.Skipped)
        {
            Paragraph(html, $"{skipped.Name} skipped: {skipped.Reason}");
        }
    }

    private static void Paragraph(StringBuilder html, string text) => html.Append("<p class=\"muted\">").Append(ReportHtml.Encode(text)).Append("</p>\n");

    private static string Word(DriftLevel level) => level switch
    {
        DriftLevel.Significant => "significant",
        DriftLevel.Moderate => "moderate",
        _ => "none",
    };

    private static double Psi(ColumnDrift column) => column.Tests.Count > 0 ? column["psi"].Statistic : double.PositiveInfinity;
}
