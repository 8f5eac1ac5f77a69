using MlOps.Drift.Reporting;

namespace MlOps.Drift.Monitoring;

/// <summary>What a store holds of one monitor in a stretch of time; everything in order of time.</summary>
/// <param name="Monitor">The monitor's name.</param>
/// <param name="Batches">The batches whose period ends in the stretch.</param>
/// <param name="Measurements">Their numbers, and those that were added later.</param>
/// <param name="Findings">What the checks had to say.</param>
/// <param name="Alerts">What people were told.</param>
/// <param name="Decisions">Decisions about retraining that were stored.</param>
public sealed record MonitorHistory(
    string Monitor,
    IReadOnlyList<StoredBatch> Batches,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<StoredFinding> Findings,
    IReadOnlyList<Alert> Alerts,
    IReadOnlyList<StoredDecision> Decisions)
{
    /// <summary>Returns one series of numbers, in order of time; empty if there is none.</summary>
    public IReadOnlyList<Measurement> Series(string check, string subject, string name) =>
        [.. Measurements.Where(m => m.Check == check && m.Subject == subject && m.Name == name)];

    /// <summary>Returns how a notebook shows it: as its text.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => PlainBundle.Of(ToString());

    /// <summary>Returns the counts in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Monitor}: {Batches.Count:N0} batches, {Measurements.Count:N0} measurements, {Findings.Count:N0} findings, {Alerts.Count:N0} alerts, {Decisions.Count:N0} decisions");
}
