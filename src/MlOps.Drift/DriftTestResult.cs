namespace MlOps.Drift;

/// <summary>One test of one column.</summary>
/// <param name="Name"><c>psi</c>, <c>ks</c>, <c>wasserstein</c>, <c>jensen-shannon</c>, <c>kl</c> or <c>chi2</c>.</param>
/// <param name="Statistic">The test's statistic: PSI and KL in nats, D and the Jensen–Shannon distance without unit, W₁ in the unit of
/// the column, χ².</param>
/// <param name="PValue">The raw p-value of <c>ks</c> and <c>chi2</c>; null for the others, which have none.</param>
/// <param name="Threshold">Where drift begins. With a p-value: the corrected level, drift when <c>PValue &lt; Threshold</c>. Without: drift
/// when <c>Statistic ≥ Threshold</c>. PSI's threshold is the larger of the moderate limit and its chance threshold.</param>
/// <param name="Drift">The verdict of this test alone.</param>
public sealed record DriftTestResult(string Name, double Statistic, double? PValue, double Threshold, bool Drift);
