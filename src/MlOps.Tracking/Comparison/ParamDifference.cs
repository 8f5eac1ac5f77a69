namespace MlOps.Tracking.Comparison;

/// <summary>A parameter in which runs differ.</summary>
/// <param name="Key">The parameter.</param>
/// <param name="Values">One text a run, in the runs' order; null where the run has no such parameter.</param>
public sealed record ParamDifference(string Key, IReadOnlyList<string?> Values)
{
    /// <summary>Returns <c>lr: 0.1 | 0.01 | –</c>.</summary>
    public override string ToString() => $"{Key}: {string.Join(" | ", Values.Select(value => value ?? "–"))}";
}
