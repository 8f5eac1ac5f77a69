using System.Globalization;
using MlOps.Charts;

namespace MlOps.Drift.Estimation;

/// <summary>Performance over periods, estimated before the labels come and set beside the realised values where they have come.</summary>
/// <param name="Periods">In the order of time or of rows.</param>
/// <param name="Reference">The labelled reference under the same estimator, with its realised values; null if unknown.</param>
/// <param name="Confidence">Nominal coverage of the intervals, in (0, 1).</param>
/// <param name="Method">How the estimates came about, in a few words.</param>
/// <param name="Notes">What a reader has to know: first of all what the method cannot see.</param>
/// <remarks>Immutable.</remarks>
public sealed record PerformanceReport(
    IReadOnlyList<PerformancePeriod> Periods, PerformancePeriod? Reference, double Confidence, string Method, IReadOnlyList<string> Notes)
{
    /// <summary>Gets the metrics of this report.</summary>
    public IReadOnlyList<PerformanceMetric> Metrics => Periods.Count == 0 ? [] : [.. Periods[0].Estimates.Select(estimate => estimate.Metric)];

    /// <summary>Gets one metric over all periods.</summary>
    /// <exception cref="KeyNotFoundException">The metric was not estimated.</exception>
    public IReadOnlyList<PerformanceEstimate> this[PerformanceMetric metric] => [.. Periods.Select(period => period[metric])];

    /// <summary>Returns the share of periods with labels whose realised value lies in the interval; NaN if no period has labels.</summary>
    /// <remarks>Far below <see cref="Confidence"/> it says that the method's assumption is broken: the relation between input and label has changed.</remarks>
    public double Coverage(PerformanceMetric metric)
    {
        bool[] covered = [.. this[metric].Where(estimate => estimate.Covered is not null).Select(estimate => estimate.Covered!.Value)];
        return covered.Length == 0 ? double.NaN : (double)covered.Count(inside => inside) / covered.Length;
    }

    /// <summary>Draws one metric: the estimate with its interval, the realised values, and the level of the reference.</summary>
    /// <param name="metric">The metric.</param>
    /// <exception cref="InvalidOperationException">No period has a value.</exception>
    public Figure Chart(PerformanceMetric metric)
    {
        IReadOnlyList<PerformanceEstimate> estimates = this[metric];
        if (estimates.All(estimate => double.IsNaN(estimate.Value)))
        {
            throw new InvalidOperationException($"No period has a value of {MetricNames.Of(metric)}: there is nothing to draw.");
        }

        Values x = Periods.All(period => period.Start is not null)
            ? Array.ConvertAll([.. Periods], period => period.Start!.Value)
            : Array.ConvertAll([.. Periods], period => (string?)period.Label);
        Figure figure = MlOps.Charts.Chart.Line(x, [.. estimates.Select(estimate => (Value)estimate.Value)], "estimated without labels", Role.Current)
            .WithConfidence([.. estimates.Select(estimate => (Value)estimate.Lower)], [.. estimates.Select(estimate => (Value)estimate.Upper)], string.Create(CultureInfo.InvariantCulture, $"{100 * Confidence:0.##} % interval"));
        if (estimates.Any(estimate => estimate.Realised is { } value && double.IsFinite(value)))
        {
            double[] realised = [.. estimates.Select(estimate => estimate.Realised ?? double.NaN)];
            figure = figure.Add(MlOps.Charts.Chart.Line(x, realised, "realised", Role.Alarm));
        }

        if (Reference is not null && Reference[metric].Realised is { } level && double.IsFinite(level))
        {
            figure = figure.Threshold(level, string.Create(CultureInfo.InvariantCulture, $"reference: {level:0.000}"), Role.Reference);
        }

        int rows = Periods.Sum(period => period.Count);
        return figure
            .Titled(Finding(metric), string.Create(CultureInfo.InvariantCulture, $"{Method}; {Periods.Count} periods, {rows:N0} rows"))
            .XAxis("period")
            .YAxis(MetricNames.Of(metric));
    }

    /// <summary>Returns how a notebook shows the report: a table of periods with estimate, interval and realised value.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Show().ToMimeBundle();

    /// <summary>Returns the report as an aligned text.</summary>
    public override string ToString() => Show().ToString();

    /// <summary>The finding in one sentence: how far the metric moved, and whether the labels agree.</summary>
    internal string Finding(PerformanceMetric metric)
    {
        PerformanceEstimate[] known = [.. this[metric].Where(estimate => !double.IsNaN(estimate.Value))];
        string name = MetricNames.Of(metric);
        string moved = known.Length == 1
            ? string.Create(CultureInfo.InvariantCulture, $"{MetricNames.Title(metric)} is estimated at {known[0].Value:0.000}")
            : string.Create(CultureInfo.InvariantCulture, $"Estimated {name} goes from {known[0].Value:0.000} to {known[^1].Value:0.000}");
        int outside = known.Count(estimate => estimate.Covered == false);
        int labelled = known.Count(estimate => estimate.Covered is not null);
        return labelled == 0 ? moved : $"{moved}; the labels contradict it in {outside} of {labelled} periods";
    }

    /// <summary>What a table of all periods has room for; the others are there by index and chart.</summary>
    private static bool IsShown(PerformanceMetric metric) => metric is
        PerformanceMetric.Accuracy or PerformanceMetric.F1 or PerformanceMetric.RocAuc or PerformanceMetric.MacroF1
        or PerformanceMetric.MeanAbsoluteError or PerformanceMetric.RootMeanSquaredError;

    private ShownTable Show()
    {
        bool realised = Periods.Any(period => period.Labelled > 0);
        string[] header = ["period", "rows", .. realised ? ["labelled"] : Array.Empty<string>(), .. Metrics.Where(IsShown).SelectMany(metric => realised
            ? new[] { MetricNames.Of(metric), "interval", "realised" }
            : [MetricNames.Of(metric), "interval"])];
        IEnumerable<PerformancePeriod> shown = Reference is null ? Periods : Periods.Prepend(Reference);
        List<string[]> rows = [.. shown.Select(period => (string[])
        [
            period.Label,
            ShownTable.Count(period.Count),
            .. realised ? [ShownTable.Count(period.Labelled)] : Array.Empty<string>(),
            .. period.Estimates.Where(estimate => IsShown(estimate.Metric)).SelectMany(estimate => Cells(estimate, realised)),
        ])];
        string headline = Metrics.Count == 0 || this[Metrics[0]].All(estimate => double.IsNaN(estimate.Value)) ? "No period has rows" : Finding(Metrics[0]);
        string rest = string.Join(", ", Metrics.Where(metric => !IsShown(metric)).Select(MetricNames.Of));
        return new ShownTable(headline, Method, header, rows, 1, rest.Length == 0 ? Notes : [.. Notes, $"Not in the table: {rest}."]);
    }

    private static string[] Cells(PerformanceEstimate estimate, bool realised)
    {
        string interval = double.IsNaN(estimate.Value) ? "" : $"{ShownTable.Number(estimate.Lower)} – {ShownTable.Number(estimate.Upper)}";
        string outside = estimate.Covered == false ? " ▲" : "";
        return realised
            ? [ShownTable.Number(estimate.Value), interval, estimate.Realised is { } value ? ShownTable.Number(value) + outside : ""]
            : [ShownTable.Number(estimate.Value), interval];
    }
}
