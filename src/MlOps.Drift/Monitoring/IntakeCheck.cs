namespace MlOps.Drift.Monitoring;

/// <summary>Reports rows that were late, ahead of the clock, out of order, without a time or malformed. Every monitor has one.</summary>
public sealed class IntakeCheck : IMonitorCheck
{
    /// <inheritdoc/>
    public string Name => "intake";

    /// <inheritdoc/>
    public CheckResult Run(Batch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var findings = new List<Finding>();
        var measurements = new List<Measurement> { batch.Measure(MeasurementKind.Volume, Name, "", "rows", batch.Rows.RowCount) };
        Count(batch.Intake.OutOfOrder, "out-of-order", AlertSeverity.Info, "out of order, sorted in");
        Count(batch.Intake.Late, "late", AlertSeverity.Warning, "left out: later than their window");
        Count(batch.Intake.Future, "future", AlertSeverity.Warning, "left out: ahead of the clock");
        Count(batch.Intake.Untimed, "untimed", AlertSeverity.Warning, "left out: no time that can be read");
        Count(batch.Intake.Malformed, "malformed", AlertSeverity.Warning, "left out: too many or too few fields");
        foreach ((string name, double value) in batch.Numbers)
        {
            measurements.Add(batch.Measure(MeasurementKind.Metric, Name, "", name, value));
        }

        return new CheckResult(findings, measurements);

        void Count(long rows, string name, AlertSeverity severity, string words)
        {
            if (rows > 0)
            {
                measurements.Add(batch.Measure(MeasurementKind.Volume, Name, "", name, rows));
                findings.Add(new Finding(Name, "", name, severity, FormattableString.Invariant($"{rows:N0} {(rows == 1 ? "row" : "rows")} {words}"), rows)
                {
                    LookAt = "the clocks and the queue of whoever sends the rows",
                });
            }
        }
    }
}
