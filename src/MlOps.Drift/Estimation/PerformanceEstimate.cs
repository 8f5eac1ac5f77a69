namespace MlOps.Drift.Estimation;

/// <summary>One metric of one period: estimated without labels, and realised where labels have come.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Value">The estimate, in the unit and range of the metric; NaN where it is undefined, as precision is when nobody was decided positive.</param>
/// <param name="Lower">Lower end of the interval; NaN if <paramref name="Value"/> is.</param>
/// <param name="Upper">Upper end of the interval; NaN if <paramref name="Value"/> is.</param>
/// <param name="Realised">The same metric from labels; null without labels, or with too few.</param>
public sealed record PerformanceEstimate(PerformanceMetric Metric, double Value, double Lower, double Upper, double? Realised = null)
{
    /// <summary>Gets the standard error that the luck of the labels brings: with the true probabilities known, the realised value would still
    /// scatter this much. Shrinks with the rows of the period.</summary>
    public double SamplingError { get; init; }

    /// <summary>Gets the standard error that the finite reference brings. Shrinks with the rows of the reference, never with those of the period.</summary>
    public double ReferenceError { get; init; }

    /// <summary>Gets a value indicating whether the realised value lies in the interval; null if there is none.</summary>
    public bool? Covered => Realised is { } realised && !double.IsNaN(Value) ? realised >= Lower && realised <= Upper : null;
}
