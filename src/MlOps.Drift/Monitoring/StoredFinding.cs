namespace MlOps.Drift.Monitoring;

/// <summary>A finding and the batch it came from.</summary>
/// <param name="Batch">The batch's id.</param>
/// <param name="Time">The end of the batch's period.</param>
/// <param name="Finding">The finding.</param>
public sealed record StoredFinding(string Batch, DateTimeOffset Time, Finding Finding);
