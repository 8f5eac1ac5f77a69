namespace MlOps.Drift.Monitoring;

public sealed partial record PeriodSignals
{
    /// <summary>Findings that mean broken data, not a changed world.</summary>
    private static readonly HashSet<string> s_broken =
        ["column-missing", "type-changed", "no-value", "missing", "infinite", "empty", "check-failed"];

    /// <summary>Reads the signals of every batch from a history.</summary>
    /// <remarks>
    /// Numbers are found by their names, whatever check measured them, at the end of the batch's period: <c>error-rate</c> (or
    /// <c>accuracy</c>), <c>labels</c>, <c>estimated-error-rate</c> (or <c>estimated-accuracy</c>), <c>skew-share</c>,
    /// <c>calibration-error</c>, <c>auc</c>. Send them in <see cref="Batch.Numbers"/>, or add them to the store when they are known.
    /// <para>Drift is that of every <see cref="DriftCheck"/> but the one named <paramref name="seasonalCheck"/>. Broken are findings of at
    /// least a warning about missing or new-typed columns, missing and infinite values, batches without rows, failed checks and every
    /// broken expectation.</para>
    /// </remarks>
    /// <param name="history">What the store holds.</param>
    /// <param name="seasonalCheck">The check that compares with the same season before.</param>
    public static IReadOnlyList<PeriodSignals> Read(MonitorHistory history, string seasonalCheck = "season")
    {
        ArgumentNullException.ThrowIfNull(history);
        ILookup<DateTimeOffset, Measurement> numbers = history.Measurements.ToLookup(m => m.Time);
        ILookup<string, Finding> findings = history.Findings.ToLookup(f => f.Batch, f => f.Finding, StringComparer.Ordinal);
        return [.. history.Batches.Select(batch => Of(batch, [.. numbers[batch.Until].Where(m => m.Batch.Length == 0 || m.Batch == batch.Id)], [.. findings[batch.Id]], seasonalCheck))];
    }

    private static PeriodSignals Of(StoredBatch batch, Measurement[] numbers, Finding[] findings, string seasonalCheck)
    {
        HashSet<string> quality = [.. numbers.Where(m => m.Kind == MeasurementKind.Quality).Select(m => m.Check)];
        return new PeriodSignals(batch.From, batch.Until, batch.Rows)
        {
            ErrorRate = Number("error-rate") ?? (1 - Number("accuracy")),
            Labels = (long)(Number("labels") ?? 0),
            EstimatedErrorRate = Number("estimated-error-rate") ?? (1 - Number("estimated-accuracy")),
            Drift = Worst(findings.Where(f => f.Check != seasonalCheck)),
            SeasonalDrift = numbers.Any(m => m.Check == seasonalCheck && m.Kind == MeasurementKind.Drift) ? Worst(findings.Where(f => f.Check == seasonalCheck)) : null,
            Broken = [.. findings.Where(f => f.Severity >= AlertSeverity.Warning && (s_broken.Contains(f.Name) || quality.Contains(f.Check))).Select(f => f.Message).Distinct(StringComparer.Ordinal)],
            Skew = Number("skew-share"),
            CalibrationError = Number("calibration-error"),
            Auc = Number("auc"),
        };

        double? Number(string name) => numbers.Where(m => m.Kind == MeasurementKind.Metric && m.Name == name && double.IsFinite(m.Value)).Select(m => (double?)m.Value).LastOrDefault();
    }

    private static DriftLevel Worst(IEnumerable<Finding> findings) => findings.Where(f => f.Name == "psi").Select(f => f.Severity).DefaultIfEmpty().Max() switch
    {
        AlertSeverity.Critical => DriftLevel.Significant,
        AlertSeverity.None => DriftLevel.None,
        _ => DriftLevel.Moderate,
    };
}
