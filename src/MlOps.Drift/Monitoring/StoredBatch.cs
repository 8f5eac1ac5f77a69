namespace MlOps.Drift.Monitoring;

/// <summary>A batch as the history knows it.</summary>
/// <param name="Id">The batch's id.</param>
/// <param name="From">Start of the period.</param>
/// <param name="Until">End of the period.</param>
/// <param name="Recorded">When it was stored, by the clock of the machine.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Worst">The worst severity of its findings.</param>
public sealed record StoredBatch(string Id, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset Recorded, int Rows, AlertSeverity Worst);
