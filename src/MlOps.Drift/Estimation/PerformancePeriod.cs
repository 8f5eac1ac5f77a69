namespace MlOps.Drift.Estimation;

/// <summary>All estimates of one period.</summary>
/// <param name="Label">The period in words, such as <c>2024-03</c> or <c>rows 1,001–2,000</c>.</param>
/// <param name="Start">Its first moment, on the clock of the time zone it was cut in; null for periods cut by count.</param>
/// <param name="Count">Rows scored in it; 0 for a period in which nothing happened.</param>
/// <param name="Labelled">How many of them have a label.</param>
/// <param name="Estimates">One entry a metric; the values of an empty period are NaN.</param>
public sealed record PerformancePeriod(string Label, DateTime? Start, int Count, int Labelled, IReadOnlyList<PerformanceEstimate> Estimates)
{
    /// <summary>Gets the estimate of a metric.</summary>
    /// <exception cref="KeyNotFoundException">The metric was not estimated; the message lists those that were.</exception>
    public PerformanceEstimate this[PerformanceMetric metric] =>
        Estimates.FirstOrDefault(estimate => estimate.Metric == metric)
            ?? throw new KeyNotFoundException($"There is no estimate of {metric}. There are: {string.Join(", ", Estimates.Select(e => e.Metric))}.");
}
