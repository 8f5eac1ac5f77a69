using System.Globalization;
using System.Text;

namespace MlOps.Fairness;

/// <summary>The report's tables, as text and as HTML.</summary>
internal static class FairnessText
{
    /// <summary>The metrics of the short view; all are in the JSON.</summary>
    private static readonly string[] s_shown =
    [
        "demographicParityDifference", "demographicParityRatio", "equalOpportunityDifference", "equalizedOddsDifference", "predictiveParityDifference",
        "accuracyDifference", "treatmentEqualityDifference", "disparateImpact", "theilIndex", "betweenGroupTheilShare",
    ];

    private static readonly string[] s_groupHeader = ["group", "rows", "selected", "", "TPR", "FPR", "FNR", "PPV", "accuracy"];
    private static readonly string[] s_scoreHeader = ["group", "scored", "mean score", "observed", "calibration error", "AUC"];

    internal static string Write(FairnessReport report)
    {
        var text = new StringBuilder();
        text.Append(report.Headline()).Append('\n').Append(Rows(report)).Append("\n\n");
        TextGrid.Write(text, s_groupHeader, GroupRows(report));
        if (Scored(report))
        {
            text.Append('\n');
            TextGrid.Write(text, s_scoreHeader, ScoreRows(report));
        }

        text.Append('\n');
        TextGrid.Write(text, MetricHeader(report), MetricRows(report));
        foreach (string line in Remarks(report))
        {
            text.Append("- ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    internal static string Html(FairnessReport report)
    {
        var html = new StringBuilder("<div style=\"color:inherit;overflow-x:auto\">");
        html.Append("<div style=\"font-weight:600\">").Append(TextGrid.Encode(report.Headline())).Append("</div>");
        html.Append("<div style=\"opacity:.75;margin-bottom:6px\">").Append(TextGrid.Encode(Rows(report))).Append("</div>");
        TextGrid.WriteHtml(html, s_groupHeader, GroupRows(report));
        if (Scored(report))
        {
            html.Append("<div style=\"height:8px\"></div>");
            TextGrid.WriteHtml(html, s_scoreHeader, ScoreRows(report));
        }

        html.Append("<div style=\"height:8px\"></div>");
        TextGrid.WriteHtml(html, MetricHeader(report), MetricRows(report));
        html.Append("<ul style=\"margin:6px 0 0;padding-left:1.4em;opacity:.85\">");
        foreach (string line in Remarks(report))
        {
            html.Append("<li>").Append(TextGrid.Encode(line)).Append("</li>");
        }

        return html.Append("</ul></div>").ToString();
    }

    /// <summary>The population in one line.</summary>
    internal static string Rows(FairnessReport report) =>
        FormattableString.Invariant($"{report.Overall.Total:N0} rows, {report.Groups.Count} groups by {string.Join(" × ", report.Columns)}");

    private static bool Scored(FairnessReport report) => report.Groups.Any(outcome => outcome.Scores is not null);

    private static string[][] GroupRows(FairnessReport report) =>
    [
        .. report.Groups.Select(outcome => Row(outcome.Group, outcome.Counts, report.Options.Confidence)),
        Row("all rows", report.Overall, report.Options.Confidence),
    ];

    private static string[] Row(string name, OutcomeCounts counts, double confidence) =>
    [
        name,
        counts.Total.ToString("N0", CultureInfo.InvariantCulture),
        Number(counts.SelectionRate.Value),
        counts.SelectionRate.Wilson(confidence)?.ToString() ?? "",
        Number(counts.TruePositiveRate.Value),
        Number(counts.FalsePositiveRate.Value),
        Number(counts.FalseNegativeRate.Value),
        Number(counts.PositivePredictiveValue.Value),
        Number(counts.Accuracy.Value),
    ];

    private static string[][] ScoreRows(FairnessReport report) =>
        [.. report.Groups.Where(outcome => outcome.Scores is not null).Select(outcome => (string[])
        [
            outcome.Group,
            outcome.Scores!.Count.ToString("N0", CultureInfo.InvariantCulture),
            Number(outcome.Scores.MeanScore),
            Number(outcome.Scores.Bins.Count == 0 ? null : (double)outcome.Scores.Bins.Sum(bin => bin.Observed.Numerator) / outcome.Scores.Count),
            Number(outcome.Scores.ExpectedCalibrationError),
            Number(outcome.Scores.Auc),
        ])];

    private static string[] MetricHeader(FairnessReport report) => report.Options.BootstrapSamples == 0
        ? ["metric", "value"]
        : ["metric", "value", FormattableString.Invariant($"{report.Options.Confidence:0.##%} bootstrap")];

    private static string[][] MetricRows(FairnessReport report) =>
        [.. s_shown.Select(name => report[name]).Select(metric => (string[])
        [
            metric.Name,
            Number(metric.Value),
            .. report.Options.BootstrapSamples == 0 ? Array.Empty<string>() : [metric.Interval?.ToString() ?? ""],
        ])];

    private static IEnumerable<string> Remarks(FairnessReport report)
    {
        foreach (ParityMetric metric in s_shown.Select(name => report[name]).Where(metric => metric.Note is not null))
        {
            yield return $"{metric.Name}: {metric.Note}";
        }

        if (report.FourFifths.MostSelected is { } most)
        {
            string below = string.Join(", ", report.FourFifths.Below.Select(ratio => string.Create(CultureInfo.InvariantCulture, $"{ratio.Group} ({ratio.Value:0.00})")));
            yield return below.Length == 0
                ? $"four-fifths rule: no group is below 0.8 of {most}"
                : $"four-fifths rule: below 0.8 of {most}: {below}";
            yield return FourFifthsRule.Caveat;
        }

        foreach (string warning in report.Warnings)
        {
            yield return warning;
        }

        foreach ((string column, FairnessReport alone) in report.ByColumn)
        {
            yield return $"{column} alone: {alone.Headline()}";
        }
    }

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "undefined";
}
