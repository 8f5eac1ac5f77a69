namespace MlOps.Tracking.Comparison;

/// <summary>A metric over several runs.</summary>
/// <param name="Key">The metric.</param>
/// <param name="Values">The summary value of each run, in the runs' order and the metric's unit; null where the run did not log it. NaN and the infinities are values.</param>
public sealed record MetricValues(string Key, IReadOnlyList<double?> Values)
{
    /// <summary>Returns <c>acc: 0.91 | 0.93 | –</c>.</summary>
    public override string ToString() => $"{Key}: {string.Join(" | ", Values.Select(NumberText.Of))}";
}
