using System.Net;
using System.Text;
using MlOps.Charts;

namespace MlOps.Tracking.Comparison;

/// <summary>A comparison of runs as one HTML page: what differs, the metrics, parallel coordinates and curves.</summary>
/// <remarks>Self-contained: no script, no font, nothing from elsewhere. Charts are drawings with a description. Readable on a phone, in light and dark, and on paper.</remarks>
public static class ComparisonPage
{
    private const int MostCharts = 6; // metrics drawn unless told which

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1b1b; --soft: #595959; --page: #fff; --line: #d5d8dd; --mark: #b23c00 }
        @media (prefers-color-scheme: dark) { :root { --ink: #ececec; --soft: #b3b3b3; --page: #16181b; --line: #3a3f46; --mark: #ff9a66 } }
        * { box-sizing: border-box }
        body { margin: 0 auto; padding: 1rem; max-width: 70rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page) }
        h1 { font-size: 1.5rem; margin: 0 0 1rem } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
        .wide { overflow-x: auto }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem }
        th, td { text-align: left; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; min-width: 5rem }
        tbody th { font-weight: 400; white-space: nowrap } .differs th { color: var(--mark); font-weight: 600 }
        figure { margin: 0 0 1rem; overflow-x: auto } figure svg { width: 100%; min-width: 32rem; height: auto; max-width: 56rem; background: #fff; border-radius: .5rem }
        summary { cursor: pointer; color: var(--soft) } pre { white-space: pre-wrap } .soft { color: var(--soft) }
        """;

    /// <summary>Writes the page.</summary>
    /// <param name="comparison">What to show.</param>
    /// <param name="metrics">The metrics to draw; none draws the first six, without those of the system.</param>
    /// <param name="cancellationToken">Stops the reading of curves.</param>
    /// <exception cref="ArgumentException">No run logged one of the metrics.</exception>
    public static string ToHtml(RunComparison comparison, IReadOnlyList<string>? metrics = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        string title = Encode(comparison.Headline);
        var html = new StringBuilder($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <main>
            <h1>{title}</h1>

            """);
        Parameters(html, comparison);
        foreach (string metric in metrics is { Count: > 0 } ? metrics : [.. comparison.Results.Take(MostCharts).Select(result => result.Key)])
        {
            Charts(html, comparison, metric, cancellationToken);
        }

        if (metrics is not { Count: > 0 } && comparison.Results.Count > MostCharts)
        {
            html.Append(FormattableString.Invariant($"<p class=\"soft\">{comparison.Results.Count - MostCharts} more metrics are not drawn.</p>\n"));
        }

        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Parameters(StringBuilder html, RunComparison comparison)
    {
        if (comparison.Runs.Count == 0)
        {
            return;
        }

        html.Append("<div class=\"wide\"><table>\n<thead><tr><td></td>");
        for (int run = 0; run < comparison.Runs.Count; run++)
        {
            html.Append("<th scope=\"col\" title=\"").Append(Encode(comparison.Runs[run].Info.RunId)).Append("\">").Append(Encode(comparison.Label(run))).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (ParamDifference param in comparison.Differences)
        {
            Row(html, "≠ " + param.Key, param.Values.Select(NumberText.Short), differs: true);
        }

        foreach (MetricValues metric in comparison.Results)
        {
            Row(html, metric.Key, metric.Values.Select(NumberText.Of), differs: false);
        }

        Row(html, "seconds", comparison.Runs.Select(run => NumberText.Of(run.Duration?.TotalSeconds)), differs: false);
        Row(html, "status", comparison.Runs.Select(run => run.Info.Status.ToString().ToLowerInvariant()), differs: false);
        html.Append("</tbody></table></div>\n<p class=\"soft\">").Append(comparison.Differences.Count > 0 ? "≠ marks parameters that differ. " : "").Append(Encode(comparison.EqualText)).Append("</p>\n");
    }

    private static void Row(StringBuilder html, string key, IEnumerable<string> cells, bool differs)
    {
        html.Append(differs ? "<tr class=\"differs\">" : "<tr>").Append("<th scope=\"row\">").Append(Encode(key)).Append("</th>");
        foreach (string cell in cells)
        {
            html.Append("<td>").Append(Encode(cell)).Append("</td>");
        }

        html.Append("</tr>\n");
    }

    private static void Charts(StringBuilder html, RunComparison comparison, string metric, CancellationToken cancellationToken)
    {
        html.Append("<section><h2>").Append(Encode(metric)).Append("</h2>\n");
        bool hasSteps = comparison.Runs.Any(run => run.Metrics.Any(point => point.Key == metric && point.Step != 0));
        if (hasSteps || !comparison.Runs.Any(run => run.Metric(metric) is not null)) // nobody logged it: to be refused
        {
            Draw(html, () => comparison.Curves(metric, cancellationToken: cancellationToken)); // at step 0 alone a metric has one value, which the table shows
        }

        if (comparison.Runs.Count > 1 && comparison.Differences.Count > 0)
        {
            Draw(html, () => comparison.ParallelCoordinates(metric));
        }

        html.Append("</section>\n");
    }

    private static void Draw(StringBuilder html, Func<Figure> draw)
    {
        Figure figure;
        try
        {
            figure = draw();
        }
        catch (InvalidOperationException nothing) // such as a metric that is NaN in every run: said in the chart's place
        {
            html.Append("<p>").Append(Encode(nothing.Message)).Append("</p>\n");
            return;
        }

        html.Append("<figure>").Append(figure.ToSvg()).Append("<figcaption><details><summary>In words</summary><pre>").Append(Encode(figure.ToString())).Append("</pre></details></figcaption></figure>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
