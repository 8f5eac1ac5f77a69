using System.Globalization;
using System.Net;
using System.Text;

namespace MlOps.Tracking;

/// <summary>A run as a text and as HTML. At most <see cref="Most"/> metrics and parameters are shown, and of long values the beginning.</summary>
internal static class RunCard
{
    private const int Most = 30;
    private const int LongestValue = 80;

    internal static string Text(Run run)
    {
        string what = string.Join(", ", Pairs(run).Take(Most).Select(pair => $"{pair.Key} = {pair.Value}"));
        return $"Run '{run.Info.Name}' ({run.Info.RunId}): {run.Info.Status.ToString().ToLowerInvariant()}{(what.Length == 0 ? "" : ", ")}{what}";
    }

    internal static string Html(Run run)
    {
        var html = new StringBuilder();
        html.Append("<div><strong>").Append(WebUtility.HtmlEncode(run.Info.Name)).Append("</strong> · ").Append(run.Info.Status.ToString().ToLowerInvariant());
        if (run.Duration is { } duration)
        {
            html.Append(" · ").Append(duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)).Append(" s");
        }

        html.Append(" · <code>").Append(WebUtility.HtmlEncode(run.Info.RunId)).Append("</code>");
        Table(html, "Metric", [.. run.Metrics.Where(metric => !metric.Key.StartsWith("system/", StringComparison.Ordinal)).Select(metric => (metric.Key, Number(metric.Value)))]);
        Table(html, "Parameter", [.. run.Params.Select(param => (param.Key, param.Value))]);
        if (run.Tag("mlops.exception") is { } exception)
        {
            html.Append("<p>").Append(WebUtility.HtmlEncode(ShortText.Line(exception, LongestValue))).Append("</p>");
        }

        return html.Append("</div>").ToString();
    }

    private static IEnumerable<(string Key, string Value)> Pairs(Run run) =>
        run.Metrics.Where(metric => !metric.Key.StartsWith("system/", StringComparison.Ordinal)).Select(metric => (metric.Key, Number(metric.Value)))
            .Concat(run.Params.Select(param => (param.Key, ShortText.Line(param.Value, LongestValue))));

    private static void Table(StringBuilder html, string title, (string Key, string Value)[] rows)
    {
        if (rows.Length == 0)
        {
            return;
        }

        html.Append("<table><thead><tr><th scope=\"col\" style=\"text-align:left\">").Append(title).Append("</th><th scope=\"col\" style=\"text-align:right\">Value</th></tr></thead><tbody>");
        foreach ((string key, string value) in rows.Take(Most))
        {
            html.Append("<tr><th scope=\"row\" style=\"text-align:left;font-weight:normal\">").Append(WebUtility.HtmlEncode(key))
                .Append("</th><td style=\"text-align:right\">").Append(WebUtility.HtmlEncode(ShortText.Line(value, LongestValue))).Append("</td></tr>");
        }

        html.Append("</tbody></table>");
        if (rows.Length > Most)
        {
            html.Append("<p>and ").Append((rows.Length - Most).ToString(CultureInfo.InvariantCulture)).Append(" more</p>");
        }
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
