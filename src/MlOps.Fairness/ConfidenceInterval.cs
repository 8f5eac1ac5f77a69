namespace MlOps.Fairness;

/// <summary>Where a value lies with the stated confidence.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, ≥ <paramref name="Low"/>.</param>
public readonly record struct ConfidenceInterval(double Low, double High)
{
    /// <summary>Writes <c>[0.12, 0.34]</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"[{Low:0.000}, {High:0.000}]");
}
