namespace MlOps.Drift.Monitoring;

/// <summary>How a monitor stands now: for a page or an endpoint that is asked at any time.</summary>
/// <param name="Monitor">The monitor's name.</param>
/// <param name="Time">When the snapshot was taken.</param>
/// <param name="Batches">Batches taken by this monitor object, repeats not counted.</param>
/// <param name="Last">The last batch; null before the first.</param>
/// <param name="Open">The open alerts.</param>
/// <param name="Problems">The latest troubles with sending, the newest last; at most 20.</param>
public sealed record MonitorSnapshot(
    string Monitor, DateTimeOffset Time, long Batches, MonitorRun? Last, IReadOnlyList<Alert> Open, IReadOnlyList<string> Problems)
{
    /// <summary>Gets the worst severity of the open alerts.</summary>
    public AlertSeverity Worst => Open.Count == 0 ? AlertSeverity.None : Open.Max(a => a.Severity);
}
