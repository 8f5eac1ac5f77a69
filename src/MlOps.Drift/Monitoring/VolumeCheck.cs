namespace MlOps.Drift.Monitoring;

/// <summary>Watches how many rows a batch has.</summary>
/// <param name="limits">The band of rows a batch.</param>
/// <param name="name">The check's name.</param>
public sealed class VolumeCheck(Limits limits, string name = "volume") : IMonitorCheck
{
    private readonly Limits _limits = limits ?? throw new ArgumentNullException(nameof(limits));

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <summary>Gets the severity of a batch without rows. Default: critical.</summary>
    public AlertSeverity Empty { get; init; } = AlertSeverity.Critical;

    /// <inheritdoc/>
    public CheckResult Run(Batch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int rows = batch.Rows.RowCount;
        Measurement[] measurements = [batch.Measure(MeasurementKind.Volume, Name, "", "rows", rows, _limits.Line)];
        Finding? finding = rows == 0 && Empty != AlertSeverity.None
            ? new Finding(Name, "", "empty", Empty, "the batch has no rows", 0, _limits.Line)
            : _limits.Check(Name, "", "rows", "the number of rows", rows);
        return new CheckResult(finding is null ? [] : [finding with { LookAt = "the job that delivers the rows" }], measurements);
    }
}
