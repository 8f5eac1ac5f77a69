using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using MlOps.Drift.Monitoring;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using static MlOps.Drift.Tests.Monitoring.MonitorSamples;

namespace MlOps.Drift.Tests.Monitoring;

public sealed class SinkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-sinks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Text_AnAlert_HasALineAFinding()
    {
        var writer = new StringWriter();
        new TextSink(writer).Send(Loud("a"));
        Assert.StartsWith("2026-01-02 00:00Z CRITICAL drift: c0 is Critical", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void JsonLines_LockedThenFree_LosesNothing()
    {
        var sink = new JsonLinesSink(At("alerts.jsonl"));
        sink.Send(Loud("1"));
        using (new FileStream(sink.Path, FileMode.Open, FileAccess.Read, FileShare.None))
        {
            sink.Send(Loud("2"));
            Assert.Contains("1 alerts wait", Assert.Single(sink.TakeProblems()), StringComparison.Ordinal);
        }

        sink.Send(Loud("3"));
        Assert.Empty(sink.TakeProblems());
        JsonNode[] lines = [.. File.ReadAllLines(sink.Path).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(["1", "2", "3"], lines.Select(line => (string)line["batch"]!));
        Assert.Equal(["monitor", "batch", "time", "kind", "severity", "group", "title", "firstSeen", "lastSeen", "lastingSeconds", "batches", "lines", "lookAt"], lines[0].AsObject().Select(p => p.Key));
        Assert.Null(lines[0]["lines"]![0]!["value"]); // infinite
    }

    [Fact]
    public async Task Webhook_AnswersThatFailThenHold_AreTriedAgain()
    {
        await using var receiver = new Receiver(n => n == 1 ? 500 : n == 2 ? 429 : 200);
        await using var sink = new WebhookSink(receiver.Url, new WebhookOptions { Backoff = TimeSpan.FromMilliseconds(1) });
        sink.Send(Loud("1"));
        Assert.True(await sink.FlushAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal((1L, 0L, 3), (sink.Sent, sink.GivenUp, receiver.Bodies.Count));
        Assert.Equal("drift", (string)JsonNode.Parse(receiver.Bodies[2])!["group"]!);
        Assert.Empty(sink.TakeProblems());
    }

    [Theory]
    [InlineData(404, "answers 404")]
    [InlineData(302, "wants it sent elsewhere")]
    public async Task Webhook_FinalAnswer_IsGivenUpAtOnceAndNotFollowed(int status, string told)
    {
        await using var receiver = new Receiver(_ => status);
        await using var sink = new WebhookSink(receiver.Url);
        sink.Send(Loud("1"));
        Assert.True(await sink.FlushAsync(TimeSpan.FromSeconds(20)));
        Assert.Single(receiver.Bodies);
        Assert.Equal(1, sink.GivenUp);
        Assert.Contains(told, Assert.Single(sink.TakeProblems()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_AReceiverThatHangs_CostsTheMonitorNothing()
    {
        await using var receiver = new Receiver(_ => null);
        await using var sink = new WebhookSink(receiver.Url, new WebhookOptions { QueueLength = 2, Attempts = 1, Timeout = TimeSpan.FromSeconds(30) });
        sink.Send(Loud("0"));
        await receiver.FirstCall.WaitAsync(TimeSpan.FromSeconds(20)); // the worker hangs with it
        Assert.Empty(sink.TakeProblems());
        for (int i = 1; i <= 5; i++)
        {
            sink.Send(Loud($"{i}")); // would wait 30 seconds each
        }

        Assert.Equal(3, sink.Dropped); // two wait in the queue
        Assert.Equal(3, sink.TakeProblems().Count);
        Assert.False(await sink.FlushAsync(TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public async Task Webhook_NoAnswerInTime_IsGivenUpAfterTheAttempts()
    {
        await using var receiver = new Receiver(_ => null);
        await using var sink = new WebhookSink(receiver.Url, new WebhookOptions { Attempts = 2, Timeout = TimeSpan.FromMilliseconds(100), Backoff = TimeSpan.Zero });
        sink.Send(Loud("0"));
        Assert.True(await sink.FlushAsync(TimeSpan.FromSeconds(20)));
        Assert.Contains("did not answer within 0.1 s", Assert.Single(sink.TakeProblems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://host/x")]
    [InlineData("alerts")]
    public void Webhook_NoHttpUrl_SaysSo(string address) =>
        Assert.Throws<ArgumentException>("url", () => new WebhookSink(new Uri(address, UriKind.RelativeOrAbsolute)));

    [Fact]
    public void Prometheus_Text_KeepsToTheFormat()
    {
        // Oracle: the rules of the text format 0.0.4.
        using var monitor = new ModelMonitor("lo\"ans", [new DriftCheck(Rows(500)), new MetricCheck("nan", _ => double.NaN, new Limits { AlarmAbove = 1 })]);
        monitor.Run(Day(0, Rows(400, 3)));
        string text = PrometheusText.Of(monitor.Snapshot());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", text, StringComparison.Ordinal);
        string[] lines = text.TrimEnd('\n').Split('\n');
        var sample = new System.Text.RegularExpressions.Regex("""^([a-z_]+)\{([a-z]+="([^"\\\n]|\\.)*"(,[a-z]+="([^"\\\n]|\\.)*")*)\} (NaN|[+-]Inf|-?[0-9.]+(E[+-]?[0-9]+)?)$""");
        var families = new List<string>();
        string? family = null;
        foreach (string line in lines)
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                family = line.Split(' ')[2];
                families.Add(family);
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                Assert.Equal(family, line.Split(' ')[2]);
            }
            else
            {
                Assert.Matches(sample, line);
                Assert.Equal(family, sample.Match(line).Groups[1].Value); // all samples of a name stand together
            }
        }

        Assert.Equal(families.Distinct(), families);
        Assert.Equal(lines.Where(l => l[0] != '#').Select(l => l[..l.LastIndexOf(' ')]).Distinct().Count(), lines.Count(l => l[0] != '#'));
        double psi = DriftReport.Compare(Rows(500), Rows(400, 3))["x"]["psi"].Statistic;
        Assert.Contains(FormattableString.Invariant($"model_feature_drift_score{{model=\"lo\\\"ans\",check=\"drift\",feature=\"x\",test=\"psi\"}} {psi:R}"), lines);
        Assert.Contains("model_metric{model=\"lo\\\"ans\",check=\"nan\",metric=\"nan\"} NaN", lines);
        Assert.Contains("model_alert_open{model=\"lo\\\"ans\",group=\"drift\",severity=\"critical\"} 1", lines);
    }

    [Fact]
    public void PrometheusFile_EveryBatch_IsReplacedAsAWhole()
    {
        var sink = new PrometheusFileSink(At("m.prom"));
        sink.Send(Loud("1"));
        sink.Send(Loud("2"));
        Assert.Contains("model_batches_total{model=\"m\"} 2\n", File.ReadAllText(sink.Path), StringComparison.Ordinal);
        Assert.Equal(["m.prom"], _folder.GetFiles().Select(f => f.Name));
    }

    [Fact]
    public void Telemetry_OpenTelemetry_ReceivesNumbersAndAlerts()
    {
        using var metrics = new Collected<Metric>();
        using var traces = new Collected<System.Diagnostics.Activity>();
        using MeterProvider meters = Sdk.CreateMeterProviderBuilder().AddMeter(TelemetrySink.SourceName).AddReader(new BaseExportingMetricReader(metrics)).Build();
        using TracerProvider tracer = Sdk.CreateTracerProviderBuilder().AddSource(TelemetrySink.SourceName).AddProcessor(new SimpleActivityExportProcessor(traces)).Build();
        using var sink = new TelemetrySink();
        using var monitor = new ModelMonitor("m", [new DriftCheck(Rows(500))], new MonitorOptions { Sinks = [sink] });
        MonitorRun run = monitor.Run(Day(0, Rows(400, 3)));
        Assert.Empty(run.Problems);
        meters.ForceFlush();
        Assert.Contains("model.drift.score", metrics.Names);
        Assert.Contains("model.alerts", metrics.Names);
        System.Diagnostics.Activity activity = traces.Items.Single(a => Equals(a.GetTagItem("model"), "m") && Equals(a.GetTagItem("batch"), run.Batch));
        Assert.Equal("alert", Assert.Single(activity.Events).Name);
        Assert.Equal(System.Diagnostics.ActivityStatusCode.Error, activity.Status);
    }

    /// <summary>A batch with an alert whose finding has an infinite value.</summary>
    private static MonitorRun Loud(string batch)
    {
        Finding[] findings = [Finding("c0", AlertSeverity.Critical) with { Value = double.PositiveInfinity }];
        return new MonitorRun("m", batch, Start, Start.AddDays(1), 5, findings, [], new AlertBook().Take(batch, findings, Start));
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private sealed class Collected<T> : BaseExporter<T>
        where T : class
    {
        internal List<T> Items { get; } = [];

        internal List<string> Names { get; } = [];

        public override ExportResult Export(in Batch<T> batch)
        {
            foreach (T item in batch)
            {
                Items.Add(item);
                if (item is Metric metric)
                {
                    Names.Add(metric.Name);
                }
            }

            return ExportResult.Success;
        }
    }

    /// <summary>A web server of a few lines: answers the n-th call with a status, or never.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource _firstCall = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Func<int, int?> _status;
        private readonly Task _serving;

        internal Receiver(Func<int, int?> status)
        {
            _status = status;
            _listener.Start();
            _serving = Serve();
        }

        internal Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/alerts");

        internal List<string> Bodies { get; } = [];

        internal Task FirstCall => _firstCall.Task;

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Stop();
            await _serving;
            _stop.Dispose();
        }

        private async Task Serve()
        {
            var held = new List<TcpClient>();
            try
            {
                while (true)
                {
                    TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                    held.Add(client);
                    await Answer(client);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                held.ForEach(client => client.Dispose());
            }
        }

        private async Task Answer(TcpClient client)
        {
            NetworkStream stream = client.GetStream();
            var request = new StringBuilder();
            byte[] block = new byte[8192];
            while (!IsWhole(request.ToString()))
            {
                request.Append(Encoding.UTF8.GetString(block, 0, await stream.ReadAsync(block, _stop.Token)));
            }

            Bodies.Add(request.ToString().Split("\r\n\r\n", 2)[1]);
            _firstCall.TrySetResult();
            if (_status(Bodies.Count) is { } status)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} x\r\nLocation: http://elsewhere.invalid/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _stop.Token);
                client.Close();
            }
        }

        private static bool IsWhole(string request)
        {
            string[] parts = request.Split("\r\n\r\n", 2);
            string? length = parts[0].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            return parts.Length == 2 && length is not null && Encoding.UTF8.GetByteCount(parts[1]) >= int.Parse(length[15..], System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
