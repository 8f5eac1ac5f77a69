namespace MlOps.Drift.Monitoring;

/// <summary>One period of a replay.</summary>
/// <param name="Period">The period as it was.</param>
/// <param name="Decision">What the policy would have decided at its end.</param>
/// <param name="ErrorRate">The error rate it would have had; null where it is not known.</param>
public sealed record RetrainStep(PeriodSignals Period, RetrainDecision Decision, double? ErrorRate);
