using MlOps.Drift.Monitoring;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MlOps.Cli;

/// <summary>The sinks of a configuration, with what they need to be closed.</summary>
internal sealed class MonitorSinks : IAsyncDisposable
{
    private static readonly TimeSpan s_flush = TimeSpan.FromSeconds(10);
    private readonly List<IAlertSink> _sinks = [];
    private readonly List<IDisposable> _exporters = [];

    internal MonitorSinks(IEnumerable<SinkPlan> plans, TextWriter? console)
    {
        foreach (SinkPlan plan in plans)
        {
            switch (plan.Kind)
            {
                case "console":
                    if (console is not null)
                    {
                        _sinks.Add(new TextSink(console) { Lines = false }); // the findings are written anyway
                    }

                    break;
                case "file":
                    _sinks.Add(new JsonLinesSink(plan.Target));
                    break;
                case "prometheus":
                    _sinks.Add(new PrometheusFileSink(plan.Target));
                    break;
                case "webhook":
                    _sinks.Add(new WebhookSink(new Uri(plan.Target), plan.Webhook));
                    break;
                default:
                    Export(new Uri(plan.Target.TrimEnd('/') + "/"));
                    break;
            }
        }
    }

    internal IReadOnlyList<IAlertSink> All => _sinks;

    /// <summary>Sends what still waits, for a limited time, and says on standard error what could not be sent.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (IAlertSink sink in _sinks)
        {
            if (sink is WebhookSink webhook && !await webhook.FlushAsync(s_flush))
            {
                Console.Error.WriteLine(FormattableString.Invariant($"mlops: {sink.Name}: alerts still waited after {s_flush.TotalSeconds:0} s and are not sent; they are in the store."));
            }

            foreach (string problem in sink.TakeProblems())
            {
                Console.Error.WriteLine($"mlops: {sink.Name}: {problem}");
            }

            if (sink is IAsyncDisposable closing)
            {
                await closing.DisposeAsync();
            }
        }

        foreach (IDisposable exporter in _exporters)
        {
            exporter.Dispose(); // flushes
        }

        foreach (IDisposable sink in _sinks.OfType<IDisposable>())
        {
            sink.Dispose();
        }
    }

    private void Export(Uri server)
    {
        _exporters.Add(Sdk.CreateMeterProviderBuilder().AddMeter(TelemetrySink.SourceName).AddOtlpExporter(o => Set(o, new Uri(server, "v1/metrics"))).Build());
        _exporters.Add(Sdk.CreateTracerProviderBuilder().AddSource(TelemetrySink.SourceName).AddOtlpExporter(o => Set(o, new Uri(server, "v1/traces"))).Build());
        _sinks.Add(new TelemetrySink());
    }

    private static void Set(OtlpExporterOptions options, Uri url) => (options.Endpoint, options.Protocol, options.TimeoutMilliseconds) = (url, OtlpExportProtocol.HttpProtobuf, 5000);
}
