namespace MlOps.Drift.Monitoring;

/// <summary>A decision and what became of it.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Attempts">How often its pipeline was started.</param>
/// <param name="Error">Why the last attempt failed; null if it did not.</param>
public sealed record StoredDecision(RetrainDecision Decision, DecisionStatus Status, int Attempts, string? Error);
