using MlOps.Data;
using MlOps.Drift.Monitoring;

namespace MlOps.Drift.Tests.Dashboards;

/// <summary>A monitor that has seen six days, the last two of them drifted.</summary>
internal static class MadeMonitor
{
    internal const string HostileColumn = "<script>alert(1)</script>";

    internal static ModelMonitor Create(MonitorStore? store = null)
    {
        var monitor = new ModelMonitor(
            "loans & <co>",
            [
                new VolumeCheck(new Limits { AlarmBelow = 50 }),
                new DriftCheck(Rows(seed: 0, shift: 0)),
                new LatencyCheck("latency", new Dictionary<double, Limits> { [50] = new(), [99] = new() { AlarmAbove = 0.9 } }),
                new MetricCheck("accuracy", new Limits { AlarmBelow = 0.8 }),
            ],
            new MonitorOptions { Store = store });
        for (int day = 0; day < 6; day++)
        {
            var from = new DateTimeOffset(2025, 4, 1 + day, 0, 0, 0, TimeSpan.Zero);
            monitor.Run(Batch.Of(Rows(seed: day + 1, shift: day < 4 ? 0 : 1.5), from, from.AddDays(1)) with
            {
                Numbers = new Dictionary<string, double> { ["accuracy"] = day < 4 ? 0.86 : 0.71 },
            });
        }

        return monitor;
    }

    private static Table Rows(int seed, double shift)
    {
        var random = new Random(seed);
        double[] Draw(double by) => [.. Enumerable.Range(0, 300).Select(_ => random.NextDouble() + by)];
        return new Table(Column.Of("income", Draw(shift)), Column.Of(HostileColumn, Draw(shift)), Column.Of("age", Draw(0)), Column.Of("latency", Draw(0)));
    }
}
