using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week09;

[Exercise("9.4")]
public sealed class SweepTests : CodeTests<ISweep>
{
    // What the sweeps must give is by hand, from the statement.
    [Fact, Points(0.5)]
    public void Kept_OneTrial_IsAsTheStatementSays() =>
        Assert.Equal(["a: Finished, rate 0.1, best 0.8, diverged not set, auc 1:0.6 2:0.8 3:0.7"], Student.Kept(["a"], [0.1], [[0.6, 0.8, 0.7]]));

    [Fact, Points(0.5)]
    public void BestOf_WorkedExample_IsTheRunWithTheBestEpoch() =>
        Assert.Equal(["a"], Student.BestOf(["a", "b"], [0.1, 0.2], [[0.6, 0.8, 0.7], [0.7, 0.75, 0.76]], 1));

    [Fact, Points(0.5)]
    public void BestOf_SeveralRuns_LargestFirst() =>
        Assert.Equal(["c", "a", "b"], Student.BestOf(["a", "b", "c", "d"], [1, 2, 3, 4], [[0.7], [0.6], [0.8], [0.5]], 3));

    [Fact, Points(0.5)]
    public void Kept_NoNumberAtAll_HasNoBest() =>
        Assert.Equal(["a: Finished, rate 3, best none, diverged true, auc 1:NaN 2:NaN"], Student.Kept(["a"], [3], [[double.NaN, double.NaN]]));
}
