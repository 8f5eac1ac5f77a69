using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MlOps.Drift.Monitoring;

/// <summary>Hands a monitor's numbers to .NET's own telemetry, from where OpenTelemetry or <c>dotnet-counters</c> take them.</summary>
/// <remarks>
/// Meter and activity source are called <see cref="SourceName"/>: <c>AddMeter("MlOps.Drift")</c>, <c>AddSource("MlOps.Drift")</c>. Without a
/// listener a batch costs next to nothing, and nothing leaves the process. Instruments: gauges <c>model.drift.score</c>,
/// <c>model.drift.threshold</c>, <c>model.latency</c> (s), <c>model.quality.failing_rows</c>, <c>model.stream.values</c>, <c>model.batch.rows</c>,
/// <c>model.metric</c>; counters <c>model.batches</c>, <c>model.findings</c>, <c>model.alerts</c>. Every batch is an activity
/// <c>monitor.batch</c>, every alert an event of it.
/// </remarks>
public sealed class TelemetrySink : IAlertSink, IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string SourceName = "MlOps.Drift";

    private readonly Meter _meter = new(SourceName);
    private readonly ActivitySource _source = new(SourceName);
    private readonly Dictionary<MeasurementKind, Gauge<double>> _gauges;
    private readonly Gauge<double> _thresholds;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _findings;
    private readonly Counter<long> _alerts;

    /// <summary>Makes the instruments.</summary>
    public TelemetrySink()
    {
        _gauges = new Dictionary<MeasurementKind, Gauge<double>>
        {
            [MeasurementKind.Drift] = _meter.CreateGauge<double>("model.drift.score", description: "Statistic of a drift test"),
            [MeasurementKind.Latency] = _meter.CreateGauge<double>("model.latency", "s", "Percentile of durations"),
            [MeasurementKind.Quality] = _meter.CreateGauge<double>("model.quality.failing_rows", "{row}", "Rows that break an expectation"),
            [MeasurementKind.Stream] = _meter.CreateGauge<double>("model.stream.values", description: "What a streaming detector saw"),
            [MeasurementKind.Volume] = _meter.CreateGauge<double>("model.batch.rows", "{row}", "Rows of a batch, and irregular rows"),
            [MeasurementKind.Metric] = _meter.CreateGauge<double>("model.metric", description: "A number of a batch"),
        };
        _thresholds = _meter.CreateGauge<double>("model.drift.threshold", description: "Where drift begins");
        _batches = _meter.CreateCounter<long>("model.batches", "{batch}", "Batches taken");
        _findings = _meter.CreateCounter<long>("model.findings", "{finding}", "Findings of checks");
        _alerts = _meter.CreateCounter<long>("model.alerts", "{alert}", "Alerts told");
    }

    /// <inheritdoc/>
    public string Name => "telemetry";

    /// <inheritdoc/>
    public void Send(MonitorRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using Activity? activity = _source.StartActivity("monitor.batch");
        activity?.SetTag("model", run.Monitor).SetTag("batch", run.Batch).SetTag("rows", run.Rows);
        var model = new KeyValuePair<string, object?>("model", run.Monitor);
        if (!run.IsRepeat)
        {
            _batches.Add(1, model);
        }

        foreach (Measurement m in run.Measurements)
        {
            TagList tags = [model, new("check", m.Check), new("subject", m.Subject), new("name", m.Name)];
            _gauges[m.Kind].Record(m.Value, tags);
            if (m is { Kind: MeasurementKind.Drift, Limit: { } limit })
            {
                _thresholds.Record(limit, tags);
            }
        }

        foreach (Finding finding in run.Findings)
        {
            _findings.Add(1, model, new("check", finding.Check), new("severity", Lower(finding.Severity)));
        }

        foreach (Alert alert in run.Alerts)
        {
            TagList tags = [model, new("group", alert.Group), new("severity", Lower(alert.Severity)), new("kind", Lower(alert.Kind))];
            _alerts.Add(1, tags);
            activity?.AddEvent(new ActivityEvent("alert", tags: [.. tags, new("title", alert.Title)]));
        }

        if (run.Worst == AlertSeverity.Critical)
        {
            activity?.SetStatus(ActivityStatusCode.Error, run.Findings.First(f => f.Severity == AlertSeverity.Critical).Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _meter.Dispose();
        _source.Dispose();
    }

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
