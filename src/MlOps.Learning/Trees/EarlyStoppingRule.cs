namespace MlOps.Learning.Trees;

/// <summary>Stops boosting when cases it does not learn from have not been predicted better for a while. The rounds after the best one are dropped.</summary>
/// <param name="validationShare">Share of the cases kept aside, in (0, 1); of every class alike where classes are learned.</param>
/// <param name="patience">Rounds without improvement to wait for, ≥ 1.</param>
/// <param name="tolerance">A smaller decrease of the loss is no improvement; ≥ 0.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
public sealed class EarlyStoppingRule(double validationShare = 0.1, int patience = 10, double tolerance = 1e-7)
{
    /// <summary>Gets the share of the cases kept aside.</summary>
    public double ValidationShare { get; } = validationShare is > 0 and < 1
        ? validationShare
        : throw new ArgumentOutOfRangeException(nameof(validationShare), FormattableString.Invariant($"validationShare must lie between 0 and 1, both excluded; got {validationShare}."));

    /// <summary>Gets the rounds without improvement to wait for.</summary>
    public int Patience { get; } = Guard.AtLeast(patience, 1);

    /// <summary>Gets the decrease of the loss that counts as none.</summary>
    public double Tolerance { get; } = Guard.NonNegative(tolerance);
}
