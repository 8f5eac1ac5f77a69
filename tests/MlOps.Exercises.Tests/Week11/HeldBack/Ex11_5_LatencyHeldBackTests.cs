using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week11.HeldBack;

[Exercise("11.5")]
public sealed class LatencyHeldBackTests : CodeTests<ILatency>
{
    [Fact, Points(0.25), HeldBack("a single time")]
    public void Summary_OneTime_IsThatTime() => Assert.Equal([7.0, 7.0, 7.0], Student.Summary([3, 7], 1));

    [Fact, Points(0.5), HeldBack("one slow answer among many")]
    public void Speedup_OneSlowAnswer_DoesNotDecide()
    {
        // By hand: the medians are 4 and 2, the means 4 and 22.
        Assert.Equal(2, Student.Speedup([9, 4, 4, 4, 4, 4], [9, 2, 2, 2, 2, 102], 1), 1e-9);
    }

    [Fact, Points(0.25), HeldBack("equal times")]
    public void ShareWon_Tie_CountsHalf() => Assert.Equal(0.75, Student.ShareWon([9, 2, 3], [1, 2, 1], 1), 1e-9);

    [Fact, Points(0.25), HeldBack("lists of different length")]
    public void Speedup_DifferentLengths_Throws()
    {
        Throws<ArgumentException>(() => Student.Speedup([1, 2, 3], [1, 2], 0));
        Throws<ArgumentException>(() => Student.ShareWon([1, 2, 3], [1, 2], 0));
    }

    [Fact, Points(0.5), HeldBack("made-up times, against the definition")]
    public void Summary_MadeUpTimes_EqualTheDefinition()
    {
        var random = new Random(115);
        for (int round = 0; round < 30; round++)
        {
            double[] times = [.. Enumerable.Range(0, random.Next(2, 30)).Select(_ => random.Next(1, 50) / 4.0)];
            int warmUp = random.Next(times.Length);
            double[] sorted = [.. times.Skip(warmUp).Order()];
            double[] summary = Student.Summary(times, warmUp);
            Assert.Equal(sorted.Average(), summary[0], 1e-9);

            // The percentile written as a weighted mean of all times: weight max(0, 1 − |place − i|).
            foreach ((int index, double p) in new[] { (1, 0.5), (2, 0.95) })
            {
                double expected = sorted.Select((time, i) => time * Math.Max(0, 1 - Math.Abs((p * (sorted.Length - 1)) - i))).Sum();
                Assert.Equal(expected, summary[index], 1e-9);
            }
        }
    }
}
