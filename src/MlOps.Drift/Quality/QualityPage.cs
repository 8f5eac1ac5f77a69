using System.Net;
using System.Text;

namespace MlOps.Drift.Quality;

/// <summary>A quality report as HTML: a fragment for a notebook, or a page that needs nothing else.</summary>
internal static class QualityPage
{
    private const string Cell = "padding:3px 10px;border:0;border-bottom:1px solid rgba(128,128,128,.25);color:inherit;background:transparent;vertical-align:top;text-align:";
    private const string Error = "#d55e00";
    private const string Warning = "rgba(213,94,0,.45)";

    internal static string Fragment(QualityReport report)
    {
        var html = new StringBuilder();
        Begin(html, report, "div");
        Rules(html, [.. report.Failed, .. report.Results.Where(result => result.Outcome == ExpectationOutcome.NotEvaluated)]);
        Columns(html, [.. report.Columns.Where(column => QualityWords.Notes(column).Length > 0)]);
        return html.Append("</div>").ToString();
    }

    internal static string Page(QualityReport report)
    {
        string title = $"Data quality: {report.Expectations.Name}";
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
        html.Append(Encode(title)).Append("</title><style>:root{color-scheme:light dark}body{font:15px/1.45 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}svg{max-width:100%;height:auto;background:#fff}</style></head><body>\n<h1>");
        html.Append(Encode(title)).Append("</h1>\n");
        Begin(html, report, "main");
        if (report.Results.Any(result => result.FailingRows > 0 && result.Expectation is RowExpectation))
        {
            html.Append("<h2>Rows that fail</h2>").Append(report.Chart().ToSvg());
        }

        html.Append("<h2>Expectations</h2>");
        Rules(html, [.. report.Failed, .. report.Results.Where(result => result.Outcome != ExpectationOutcome.Failed).OrderBy(result => result.Outcome == ExpectationOutcome.Passed)]);
        html.Append("<h2>Columns</h2>");
        Columns(html, report.Columns);
        return html.Append("</main></body></html>\n").ToString();
    }

    private static void Begin(StringBuilder html, QualityReport report, string element) => html
        .Append('<').Append(element).Append(" style=\"color:inherit;overflow-x:auto\"><div style=\"font-weight:600\">").Append(Encode(report.Headline()))
        .Append("</div><div style=\"opacity:.75;margin-bottom:6px\">").Append(Encode($"{report.Expectations.Name}, {Wording.Count(report.Rows, "row")}; rows are counted from 0")).Append("</div>");

    private static void Rules(StringBuilder html, IReadOnlyList<ExpectationResult> results)
    {
        if (results.Count == 0)
        {
            return;
        }

        Head(html, "verdict", "column", "rule", "expected", "finding", "because");
        foreach (ExpectationResult result in results)
        {
            html.Append("<tr style=\"background:transparent\"><td style=\"").Append(Cell).Append("left;white-space:nowrap");
            if (result.Outcome == ExpectationOutcome.Failed)
            {
                html.Append(";font-weight:600;border-left:4px solid ").Append(result.Severity == QualitySeverity.Error ? Error : Warning);
            }

            html.Append("\">").Append(Encode(QualityWords.Mark(result))).Append("</td>");
            foreach (string cell in (string[])[QualityWords.Columns(result.Expectation), result.Expectation.Kind, result.Expected, result.Message, result.Expectation.Because ?? ""])
            {
                html.Append("<td style=\"").Append(Cell).Append("left\">").Append(Encode(cell)).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
    }

    private static void Columns(StringBuilder html, IReadOnlyList<ColumnQuality> columns)
    {
        if (columns.Count == 0)
        {
            return;
        }

        Head(html, "column", "type", "rules failed", "to be seen");
        foreach (ColumnQuality column in columns)
        {
            html.Append("<tr style=\"background:transparent\">");
            foreach (string cell in (string[])[column.Name, ExpectedTypes.Name(column.Type), $"{column.Failed} of {column.Judged}", QualityWords.Notes(column)])
            {
                html.Append("<td style=\"").Append(Cell).Append("left\">").Append(Encode(cell)).Append("</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
    }

    private static void Head(StringBuilder html, params string[] names)
    {
        html.Append("<table style=\"border-collapse:collapse;border:0;color:inherit;background:transparent;margin-top:6px\"><thead><tr>");
        foreach (string name in names)
        {
            html.Append("<th scope=\"col\" style=\"").Append(Cell).Append("left\">").Append(Encode(name)).Append("</th>");
        }

        html.Append("</tr></thead><tbody>");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
