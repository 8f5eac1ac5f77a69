namespace MlOps.Drift.Monitoring;

/// <summary>Watches any number of a batch: an estimated accuracy, a share, the mean of a column.</summary>
public sealed class MetricCheck : IMonitorCheck
{
    private readonly string _metric;
    private readonly Func<Batch, double> _measure;
    private readonly Limits _limits;

    /// <summary>Watches a number that is computed from the batch.</summary>
    /// <param name="metric">What it is called.</param>
    /// <param name="measure">Computes it. Not called for a batch without rows.</param>
    /// <param name="limits">The band it has to keep to.</param>
    /// <param name="name">The check's name; that of the metric if null.</param>
    public MetricCheck(string metric, Func<Batch, double> measure, Limits limits, string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(limits);
        (_metric, _measure, _limits, Name) = (metric, measure, limits, name ?? metric);
    }

    /// <summary>Watches a number that comes with the batch, in <see cref="Batch.Numbers"/>. Without it there is a warning.</summary>
    public MetricCheck(string metric, Limits limits, string? name = null)
        : this(metric, batch => batch.Numbers.GetValueOrDefault(metric, double.NaN), limits, name) => ComesWithBatch = true;

    /// <inheritdoc/>
    public string Name { get; }

    private bool ComesWithBatch { get; }

    /// <inheritdoc/>
    public CheckResult Run(Batch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Rows.RowCount == 0 && !ComesWithBatch)
        {
            return CheckResult.Nothing;
        }

        double value = _measure(batch);
        Finding? finding = _limits.Check(Name, "", _metric, _metric, value);
        return new CheckResult(finding is null ? [] : [finding], [batch.Measure(MeasurementKind.Metric, Name, "", _metric, value, _limits.Line)]);
    }
}
