namespace MlOps.Drift.Monitoring;

/// <summary>What a check found in a batch.</summary>
/// <param name="Findings">What there is to say; empty when all is well.</param>
/// <param name="Measurements">The numbers to keep, whether they are within their limits or not.</param>
public sealed record CheckResult(IReadOnlyList<Finding> Findings, IReadOnlyList<Measurement> Measurements)
{
    /// <summary>Gets a result without findings and numbers.</summary>
    public static CheckResult Nothing { get; } = new([], []);
}
