namespace MlOps.Drift.Monitoring;

/// <summary>Watches percentiles of a column of durations.</summary>
/// <remarks>Percentiles are linear between the two nearest values (Hyndman and Fan's type 7, as NumPy). Missing values are left out; negative
/// and infinite ones are left out, counted and reported, as clocks that were set give such.</remarks>
public sealed class LatencyCheck : IMonitorCheck
{
    private readonly string _column;
    private readonly (double Percentile, Limits Limits)[] _percentiles;
    private readonly double _unit;

    /// <summary>Watches a column.</summary>
    /// <param name="column">The column of durations.</param>
    /// <param name="percentiles">Limits in seconds by percentile, such as 99 for the slowest hundredth.</param>
    /// <param name="unitInSeconds">What a 1 in the column means: 1 for seconds, 0.001 for milliseconds.</param>
    /// <param name="name">The check's name.</param>
    /// <exception cref="ArgumentException">There is no percentile, or one outside [0, 100].</exception>
    public LatencyCheck(string column, IReadOnlyDictionary<double, Limits> percentiles, double unitInSeconds = 1, string name = "latency")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        ArgumentNullException.ThrowIfNull(percentiles);
        if (percentiles.Count == 0 || percentiles.Keys.Any(p => p is not (>= 0 and <= 100)))
        {
            throw new ArgumentException($"Name at least one percentile between 0 and 100; got {string.Join(", ", percentiles.Keys)}.", nameof(percentiles));
        }

        _column = column;
        _percentiles = [.. percentiles.OrderBy(p => p.Key).Select(p => (p.Key, p.Value))];
        _unit = Guard.Positive(unitInSeconds);
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public CheckResult Run(Batch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Rows.RowCount == 0)
        {
            return CheckResult.Nothing;
        }

        double[] all = batch.Rows.Numbers(_column);
        double[] seconds = [.. all.Where(v => v >= 0 && double.IsFinite(v)).Select(v => v * _unit)];
        var findings = new List<Finding>();
        var measurements = new List<Measurement>();
        int impossible = all.Count(v => v < 0 || double.IsInfinity(v));
        if (impossible > 0)
        {
            findings.Add(new Finding(Name, _column, "impossible", AlertSeverity.Warning, FormattableString.Invariant($"{impossible:N0} durations in '{_column}' are negative or infinite and are left out"), impossible)
            {
                LookAt = "clocks that were set while a request was measured",
            });
        }

        if (seconds.Length == 0)
        {
            findings.Add(new Finding(Name, _column, "nothing-measured", AlertSeverity.Warning, $"'{_column}' has no usable duration in {batch.Rows.RowCount} rows"));
            return new CheckResult(findings, measurements);
        }

        var sample = SortedSample.Of(seconds);
        foreach ((double percentile, Limits limits) in _percentiles)
        {
            double value = sample.Quantile(percentile / 100);
            string name = FormattableString.Invariant($"p{percentile}");
            measurements.Add(batch.Measure(MeasurementKind.Latency, Name, _column, name, value, limits.Line));
            if (limits.Check(Name, _column, name, $"{name} of '{_column}'", value, " s") is { } finding)
            {
                findings.Add(finding);
            }
        }

        return new CheckResult(findings, measurements);
    }
}
