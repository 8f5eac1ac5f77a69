namespace MlOps.Drift.Monitoring;

/// <summary>How many batches in a row have brought a finding.</summary>
internal sealed record FindingStreak(int Batches, DateTimeOffset Since);
