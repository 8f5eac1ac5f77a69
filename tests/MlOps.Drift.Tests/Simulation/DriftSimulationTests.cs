using MlOps.Data;
using MlOps.Drift.Simulation;

namespace MlOps.Drift.Tests.Simulation;

public sealed class DriftSimulationTests
{
    private static StreamSimulation Coins(double rateBefore, double rateAfter, SimulationOptions? options = null) => DriftSimulation.Stream(
        () => new CoinDetector(0.5),
        random => random.NextDouble() < rateBefore ? 1 : 0,
        random => random.NextDouble() < rateAfter ? 1 : 0,
        options ?? new SimulationOptions { Runs = 2000, ValuesBefore = 500 });

    [Fact]
    public void Stream_DetectorOfKnownLaw_HasItsFalseAlarmRate()
    {
        // 1,000,000 independent values, each an alarm with probability 0.01: 10,000 ± 4 · √9,900
        StreamSimulation result = Coins(0.01, 0.1);

        Assert.InRange(result.FalseAlarms, 9_600, 10_400);
        Assert.Equal(1_000_000, result.QuietValues);
        Assert.InRange(0.01, result.FalseAlarmInterval.Low, result.FalseAlarmInterval.High);
        Assert.Equal(1 / result.FalseAlarmRate, result.ValuesBetweenFalseAlarms, 1e-9);
    }

    [Fact]
    public void Stream_DetectorOfKnownLaw_HasTheGeometricDelay()
    {
        // geometric with p = 0.1: median ⌈ln 0.5 / ln 0.9⌉ = 7, mean 10, nine of ten by ⌈ln 0.1 / ln 0.9⌉ = 22
        StreamSimulation result = Coins(0.01, 0.1);

        Assert.InRange(result.MedianDelay, 6, 8);
        Assert.InRange(result.DelayQuantile(0.9), 20, 24);
        Assert.InRange(result.Delays.Average(), 9.2, 10.8);
        Assert.Equal(1, result.Delays.Min());
    }

    [Fact]
    public void Stream_ChangeNobodySees_IsMissedEverywhere()
    {
        StreamSimulation result = Coins(0, 0, new SimulationOptions { Runs = 10 });

        Assert.Equal(1, result.MissedShare);
        Assert.Equal(double.PositiveInfinity, result.MedianDelay);
        Assert.Equal(double.PositiveInfinity, result.ValuesBetweenFalseAlarms);
        Assert.Equal(0, result.FalseAlarmInterval.Low);
        Assert.Equal(3.688879454 / 20_000, result.FalseAlarmInterval.High, 1e-9); // −ln 0.025: what no event in n values still allows
    }

    [Fact]
    public void FalseAlarmInterval_TenEvents_IsTheOneOfThePublishedTable() // Garwood's table: 10 events, 4.795 to 18.390
    {
        (double low, double high) = new StreamSimulation(1, 1000, 10, [1]).FalseAlarmInterval;

        Assert.Equal(4.795 / 1000, low, 1e-6);
        Assert.Equal(18.390 / 1000, high, 1e-6);
    }

    [Fact]
    public void Stream_SameSeed_GivesTheSameRuns()
    {
        var options = new SimulationOptions { Runs = 40, Seed = 5 };

        Assert.Equal(Coins(0.02, 0.1, options).Delays, Coins(0.02, 0.1, options).Delays);
        Assert.NotEqual(Coins(0.02, 0.1, options).Delays, Coins(0.02, 0.1, options with { Seed = 6 }).Delays);
    }

    [Fact]
    public void Statistic_MeanDifference_HasItsLaw()
    {
        // the difference of two means of 50 and 80 uniform values has variance (1/50 + 1/80) / 12
        double[] drawn = DriftSimulation.Statistic(
            (r, c) => c.Average() - r.Average(), random => random.NextDouble(), random => random.NextDouble(), new RowCounts(50, 80), new SimulationOptions { Runs = 4000 });

        double variance = drawn.Sum(d => d * d) / drawn.Length;
        Assert.InRange(variance / ((1.0 / 50 + 1.0 / 80) / 12), 0.92, 1.08); // relative standard error of a variance: √(2/4000) = 2 %
    }

    [Fact]
    public void Reports_QuietTable_AlarmSeldomAndSeeAPlantedShift()
    {
        var random = new Random(3);
        var table = new Table(
            Column.Of("x", Enumerable.Range(0, 3000).Select(_ => random.NextDouble()).ToArray()),
            Column.Of("kind", Enumerable.Range(0, 3000).Select(_ => random.Next(3) == 0 ? "a" : "b").ToArray()));
        var options = new SimulationOptions { Runs = 60 };
        Table Shift(Table rows, Random _) => rows.With(Column.Of("x", rows.Map(row => row.Double("x") + 0.3)));

        ReportSimulation quiet = DriftSimulation.Reports(table, new RowCounts(500, 500), options: options);
        ReportSimulation shifted = DriftSimulation.Reports(table, new RowCounts(500, 500), change: Shift, options: options);

        Assert.InRange(quiet.AlarmShare, 0, 0.05);
        Assert.Equal(1, shifted.AlarmShareOf("x"));
        Assert.InRange(shifted.AlarmShareOf("kind"), 0, 0.05);
        Assert.Equal(60, quiet.Statistics("x", "psi").Length);
    }

    [Fact]
    public void Reports_RefusedComparison_ThrowsWhatOneWouldThrow() =>
        Assert.Throws<ArgumentException>(() => DriftSimulation.Reports(
            new Table(Column.Of("x", new[] { 1.0, double.PositiveInfinity })), new RowCounts(50, 50), options: new SimulationOptions { Runs = 4 }));

    [Fact]
    public void Reports_NoRows_ThrowsArgumentException() =>
        Assert.Equal("table", Assert.Throws<ArgumentException>(() => DriftSimulation.Reports(new Table(Column.Of("x", Array.Empty<double>())), new RowCounts(5, 5))).ParamName);

    [Fact]
    public void Stream_Cancelled_ThrowsOperationCanceledException() =>
        Assert.ThrowsAny<OperationCanceledException>(() => DriftSimulation.Stream(
            () => new CoinDetector(1), r => 0, r => 0, cancellationToken: new CancellationToken(canceled: true)));
}
