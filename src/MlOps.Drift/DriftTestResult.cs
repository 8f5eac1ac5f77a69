namespace MlOps.Drift;

/// <summary>One test of one column.</summary>
/// <param name="Name"><c>psi</c>, <c>ks</c>, <c>wasserstein</c> and so on; <see cref="DriftTestNames"/> has them all.</param>
/// <param name="Statistic">The test's statistic: PSI and KL in nats, W₁ in the unit of the column, the energy distance in its square root, the
/// others without unit. Those of <c>mann-whitney</c>, <c>welch</c> and <c>z</c> have a direction, the reference's; <c>fisher</c> has the odds ratio.</param>
/// <param name="PValue">The raw p-value; null for the distances, which have none.</param>
/// <param name="Threshold">Where drift begins. With a p-value: the corrected level, drift when <c>PValue &lt; Threshold</c>. Without: drift
/// when <c>Statistic ≥ Threshold</c>. PSI's threshold is the larger of the moderate limit and its chance threshold.</param>
/// <param name="Drift">The verdict of this test alone.</param>
public sealed record DriftTestResult(string Name, double Statistic, double? PValue, double Threshold, bool Drift)
{
    /// <summary>Gets how large the difference is, which a p-value does not say; null for the distances, which say it themselves, except
    /// <c>wasserstein</c> (in standard deviations of the reference). A sign, where there is one, is that of current − reference.</summary>
    public EffectSize? EffectSize { get; init; }

    /// <summary>Gets the value that the statistic (for <c>welch</c> and <c>z</c>: its absolute value) exceeds with probability 0.05 at these
    /// sample sizes when nothing has drifted; null for <c>mann-whitney</c> and <c>fisher</c>, whose statistics are not distances, and
    /// where the column's own values were not at hand.</summary>
    /// <remarks>Large-sample values, right to a few per cent where bins expect 5 rows or more. PSI, KL (half of it), Jensen–Shannon and Hellinger
    /// (the root of an eighth) from χ²(0.95; B − 1)·(1/n + 1/m); total variation, Wasserstein and energy from the normal law of
    /// share and distribution differences; ks from Kolmogorov's limit; the other tests from their own law.</remarks>
    public double? Chance { get; init; }
}
