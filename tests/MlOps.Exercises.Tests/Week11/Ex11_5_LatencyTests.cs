using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week11;

[Exercise("11.5")]
public sealed class LatencyTests : CodeTests<ILatency>
{
    [Fact, Points(0.5)]
    public void Summary_WorkedExample_LeavesTheWarmUpOut()
    {
        // By hand: 1, 2, 3, 4; place 0.95 · 3 = 2.85 lies 0.85 of the way from 3 to 4.
        double[] summary = Student.Summary([9, 1, 2, 3, 4], 1);
        Assert.Equal(3, summary.Length);
        Assert.Equal(2.5, summary[0], 1e-9);
        Assert.Equal(2.5, summary[1], 1e-9);
        Assert.Equal(3.85, summary[2], 1e-9);
    }

    [Fact, Points(0.25)]
    public void Summary_SlowTimesLater_LeavesOutTheFirst()
    {
        // By hand: 9 goes, 5, 2 and 8 stay.
        double[] summary = Student.Summary([9, 5, 2, 8], 1);
        Assert.Equal(5, summary[0], 1e-9);
        Assert.Equal(5, summary[1], 1e-9);
    }

    [Fact, Points(0.5)]
    public void Speedup_HalfTheTime_IsTwo() => Assert.Equal(2, Student.Speedup([4, 6, 8], [2, 3, 4], 0), 1e-9);

    [Fact, Points(0.5)]
    public void ShareWon_PairsInTheirOrder_AreCompared()
    {
        // By hand: 2 < 3 and 1 < 4 are won, 5 > 1 is lost. Sorted, all but one would be ties.
        Assert.Equal(2.0 / 3, Student.ShareWon([3, 1, 4], [2, 5, 1], 0), 1e-9);
    }

    [Fact, Points(0.25)]
    public void Summary_NothingLeft_Throws()
    {
        Throws<ArgumentException>(() => Student.Summary([1, 2], 2));
        Throws<ArgumentException>(() => Student.Summary([], 0));
        Throws<ArgumentException>(() => Student.Summary([1, 2], -1));
    }

    [Fact, Points(0.25)]
    public void Summary_NaN_Throws()
    {
        Throws<ArgumentException>(() => Student.Summary([1, double.NaN, 2], 0));
        Throws<ArgumentException>(() => Student.Summary([1, -1, 2], 0));
    }
}
