using System.Text;
using MlOps.Charts;

namespace MlOps.Fairness;

/// <summary>The report as one page.</summary>
internal static class FairnessPage
{
    private const string Style = """
        :root{color-scheme:light dark}
        body{margin:0;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:72rem;margin:0 auto;padding:1.25rem 1rem 3rem}
        h1{font-size:1.5rem;line-height:1.25;margin:.25rem 0 1rem}
        h2{font-size:1.15rem;margin:2rem 0 .5rem}
        table{font-size:.875rem}
        .figure{background:#fff;border-radius:8px;margin:1rem 0;overflow-x:auto}
        .figure svg{display:block;min-width:32rem}
        @media print{.figure,section{break-inside:avoid}}
        """;

    internal static string Write(FairnessReport report)
    {
        string title = $"Fairness by {string.Join(" × ", report.Columns)}";
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(TextGrid.Encode(title)).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<main>\n<h1>")
            .Append(TextGrid.Encode(title)).Append("</h1>\n");
        Section(html, report);
        foreach ((string column, FairnessReport alone) in report.ByColumn)
        {
            html.Append("<h2>").Append(TextGrid.Encode($"{column} alone")).Append("</h2>\n");
            Section(html, alone);
        }

        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Section(StringBuilder html, FairnessReport report)
    {
        html.Append("<section>\n").Append(FairnessText.Html(report)).Append('\n');
        Picture(html, report.RatesChart());
        if (report.Groups.Any(outcome => outcome.Scores is { Bins.Count: > 0 }))
        {
            Picture(html, report.CalibrationChart());
        }

        html.Append("</section>\n");
    }

    private static void Picture(StringBuilder html, Figure figure) => html.Append("<div class=\"figure\">").Append(figure.ToSvg()).Append("</div>\n");
}
