namespace MlOps.Fairness;

/// <summary>One number that compares the groups, or why there is none.</summary>
/// <param name="Name">Its name as in JSON: <c>demographicParityDifference</c>.</param>
/// <param name="Value">The value; null if it is undefined.</param>
/// <param name="Ideal">The value of equal treatment: 0 for differences, 1 for ratios.</param>
/// <param name="Note">Why it is undefined, or which groups it leaves out; null if there is nothing to say.</param>
public sealed record ParityMetric(string Name, double? Value, double Ideal, string? Note = null)
{
    /// <summary>Gets the percentile interval of the bootstrap; null if none was asked for or the value is undefined.</summary>
    /// <remarks>A difference max − min cannot fall below 0, so that its interval rarely holds 0 even where the groups are treated equally:
    /// it says how large the gap may be. Whether there is one at all is asked of <see cref="FairnessReport.DemographicParityTest"/>.</remarks>
    public ConfidenceInterval? Interval { get; init; }
}
