using MlOps.Quantization.Benchmarking;

namespace MlOps.Quantization.Tests.Benchmarking;

public sealed class InterleavedTimerTests
{
    [Fact]
    public void Time_FixedDurations_AreMeasuredExactly()
    {
        var clock = new StepClock();
        var timer = new InterleavedTimer(clock, () => TimeSpan.FromTicks(2 * clock.Ticks)); // two cores at work

        (double[] Milliseconds, double Processor)[] times = timer.Time([() => clock.Pass(3), () => clock.Pass(5)], 4, 10, 1, null, default);

        Assert.All(times[0].Milliseconds, time => Assert.Equal(3, time));
        Assert.All(times[1].Milliseconds, time => Assert.Equal(5, time));
        Assert.Equal(10, times[0].Milliseconds.Length);
        Assert.Equal(2 * 10 * 3, times[0].Processor);
    }

    [Fact]
    public void Time_Rounds_ComeInMirroredPairs()
    {
        List<int> order = [];
        new InterleavedTimer(new StepClock(), () => default).Time([.. Enumerable.Range(0, 4).Select(i => (Action)(() => order.Add(i)))], 0, 20, 3, null, default);

        int[][] rounds = [.. order.Chunk(4)];
        Assert.All(rounds, round => Assert.Equal([0, 1, 2, 3], round.Order()));
        for (int pair = 0; pair < rounds.Length; pair += 2)
        {
            Assert.Equal(rounds[pair].Reverse(), rounds[pair + 1]);
        }

        Assert.True(rounds.Where((_, i) => i % 2 == 0).Select(round => string.Join(',', round)).Distinct().Count() > 3); // the order is not always the same
    }

    /// <summary>Oracle: arithmetic. A run costs 1 + 0.01·k, k its number among all; in a mirrored pair each subject has the same sum of k.</summary>
    [Fact]
    public void Time_MachineThatGetsSlower_TreatsAllAlike()
    {
        var clock = new StepClock();
        int runs = 0;
        void Slower() => clock.Pass(1 + (0.01 * runs++));

        (double[] Milliseconds, double Processor)[] times = new InterleavedTimer(clock, () => default).Time([Slower, Slower, Slower], 2, 50, 5, null, default);

        double[] means = [.. times.Select(time => time.Milliseconds.Average())];
        Assert.Equal(means[0], means[1], 1e-3); // the clock ticks in 100 ns
        Assert.Equal(means[0], means[2], 1e-3);
    }

    [Fact]
    public void Time_WarmUp_IsRunAndNotTimed()
    {
        var clock = new StepClock();
        int runs = 0;
        (double[] Milliseconds, double Processor)[] times = new InterleavedTimer(clock, () => default).Time([() => clock.Pass(runs++ < 7 ? 100 : 1)], 7, 5, 1, null, default);

        Assert.Equal(12, runs);
        Assert.Equal([1, 1, 1, 1, 1], times[0].Milliseconds);
    }

    [Fact]
    public void Time_Cancelled_StopsBetweenRuns()
    {
        using var source = new CancellationTokenSource();
        int runs = 0;

        Assert.Throws<OperationCanceledException>(() => new InterleavedTimer(new StepClock(), () => default).Time([() =>
        {
            if (++runs == 3)
            {
                source.Cancel();
            }
        }], 0, 10, 1, null, source.Token));
        Assert.Equal(3, runs);
    }
}
