using MlOps.Data;
using MlOps.Drift.Monitoring;
using MlOps.Drift.Streaming;
using static MlOps.Drift.Tests.Monitoring.MonitorSamples;

namespace MlOps.Drift.Tests.Monitoring;

public sealed class ModelMonitorTests
{
    [Fact]
    public void Run_ACheckThatThrows_IsAFindingAndTheOthersGoOn()
    {
        using var monitor = new ModelMonitor("m", [new ScriptedCheck("bad", _ => throw new InvalidOperationException("no such thing")), new VolumeCheck(new Limits { WarnBelow = 100 })]);
        MonitorRun run = monitor.Run(Day(0, Rows(5)));
        Finding failed = run.Findings.Single(f => f.Check == "bad");
        Assert.Equal(("check-failed", AlertSeverity.Critical), (failed.Name, failed.Severity));
        Assert.Contains("check failed: no such thing", failed.Message, StringComparison.Ordinal);
        Assert.Contains(run.Findings, f => f.Check == "volume");
    }

    [Fact]
    public void Run_TheSameBatchAgain_IsNotCounted()
    {
        var sink = new Remembering();
        using var monitor = new ModelMonitor("m", [new VolumeCheck(new Limits { WarnBelow = 100 })], new MonitorOptions { Sinks = [sink] });
        MonitorRun first = monitor.Run(Day(0, Rows(5)));
        MonitorRun again = monitor.Run(Day(0, Rows(5)));
        Assert.True(again.IsRepeat);
        Assert.Equal(first.Findings, again.Findings);
        Assert.Single(sink.Runs);
        Assert.Single(monitor.History().Batches);
    }

    [Fact]
    public void Run_RestartedAfterEveryBatch_DetectsWhereOneRunDetects()
    {
        // Oracle: the detector itself over the whole stream.
        double[] stream = [.. Enumerable.Range(0, 1000).Select(i => (i < 600 ? 0 : 3) + (i * 0.618034 % 1))];
        var detector = new PageHinkley();
        int[] expected = [.. Enumerable.Range(0, stream.Length).Where(i => detector.Update(stream[i]))];
        Assert.NotEmpty(expected);
        using var store = MonitorStore.InMemory();
        int detections = 0;
        for (int batch = 0; batch < 20; batch++)
        {
            using var monitor = new ModelMonitor("m", [new StreamCheck("x", new PageHinkley())], new MonitorOptions { Store = store });
            MonitorRun run = monitor.Run(Day(batch, new Table(Column.Of("x", stream[(batch * 50)..((batch + 1) * 50)]))));
            detections += (int)run.Measurements.Single(m => m.Name == "detections").Value;
            if (expected.Any(i => i / 50 == batch))
            {
                Assert.Contains($"at value {expected.First(i => i / 50 == batch) + 1}", run.Findings.Single(f => f.Name == "detected").Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(expected.Length, detections);
    }

    [Fact]
    public void Run_AlertsStoredAndNotSent_AreSentByTheNext()
    {
        using var store = MonitorStore.InMemory();
        var run = new MonitorRun("m", "b", Start, Start, 1, [Finding("a", AlertSeverity.Critical)], [], [new AlertBook().Take("b", [Finding("a", AlertSeverity.Critical)], Start)[0]]);
        Assert.True(store.Commit(run, Start, new Dictionary<string, string>(), sequence: 0)); // and here the process was killed
        var sink = new Remembering();
        using var monitor = new ModelMonitor("m", [], new MonitorOptions { Store = store, Sinks = [sink] });
        monitor.Run(Day(1, Rows(5)));
        Assert.Equal("b", Assert.Single(sink.Runs[0].Alerts).Batch);
        Assert.Equal(2, sink.Runs.Count);
    }

    [Fact]
    public void Run_ASinkThatThrows_IsAProblemAndTheOthersAreServed()
    {
        var sink = new Remembering();
        using var monitor = new ModelMonitor("m", [], new MonitorOptions { Sinks = [new Throwing(), sink] });
        MonitorRun run = monitor.Run(Day(0, Rows(5)));
        Assert.Contains("throwing: out of order", Assert.Single(run.Problems), StringComparison.Ordinal);
        Assert.Single(sink.Runs);
        Assert.Equal(run.Problems, monitor.Snapshot().Problems);
    }

    [Fact]
    public void Run_Cancelled_IsNotTaken()
    {
        using var monitor = new ModelMonitor("m", []);
        Assert.Throws<OperationCanceledException>(() => monitor.Run(Day(0, Rows(5)), new CancellationToken(canceled: true)));
        Assert.Empty(monitor.History().Batches);
    }

    [Fact]
    public void Constructor_TwoChecksOfOneName_SaysSo() =>
        Assert.Contains("'volume'", Assert.Throws<ArgumentException>("checks", () => new ModelMonitor("m", [new VolumeCheck(new Limits()), new VolumeCheck(new Limits())])).Message, StringComparison.Ordinal);

    [Fact]
    public void Run_Retention_DropsOldBatches()
    {
        using var monitor = new ModelMonitor("m", [], new MonitorOptions { Retention = TimeSpan.FromDays(3) });
        for (int day = 0; day < 10; day++)
        {
            monitor.Run(Day(day, Rows(5)));
        }

        Assert.Equal(4, monitor.History().Batches.Count); // those that end within 3 days of the last end, it included
    }

    private sealed class Remembering : IAlertSink
    {
        internal List<MonitorRun> Runs { get; } = [];

        public string Name => "remembering";

        public void Send(MonitorRun run) => Runs.Add(run);
    }

    private sealed class Throwing : IAlertSink
    {
        public string Name => "throwing";

        public void Send(MonitorRun run) => throw new IOException("out of order");
    }
}
