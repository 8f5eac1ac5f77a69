using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week09.HeldBack;

[Exercise("9.4")]
public sealed class SweepHeldBackTests : CodeTests<ISweep>
{
    [Fact, Points(0.5), HeldBack("a run that diverged after a good start")]
    public void BestOf_DivergedRun_DoesNotTakePart() =>
        Assert.Equal(["b"], Student.BestOf(["a", "b"], [10, 0.1], [[0.9, double.NaN, 0.5], [0.6, 0.7]], 5));

    [Fact, Points(0.5), HeldBack("what a diverged run keeps")]
    public void Kept_DivergedRun_KeepsItsCurveAndItsBest() => Assert.Equal(
        ["a: Finished, rate 10, best 0.9, diverged true, auc 1:0.9 2:NaN 3:0.5", "b: Finished, rate 0.1, best 0.7, diverged not set, auc 1:0.6 2:0.7"],
        Student.Kept(["b", "a"], [0.1, 10], [[0.6, 0.7], [0.9, double.NaN, 0.5]]));

    [Fact, Points(0.5), HeldBack("runs with equal values")]
    public void BestOf_EqualValues_NameDecides() =>
        Assert.Equal(["z", "a", "b", "c"], Student.BestOf(["c", "a", "z", "b"], [1, 1, 1, 1], [[0.7], [0.7], [0.8], [0.6, 0.7]], 4));

    [Fact, Points(0.5), HeldBack("fewer runs than asked for")]
    public void BestOf_FewerRunsThanAskedFor_ReturnsThemAll()
    {
        Assert.Equal(["b", "a"], Student.BestOf(["a", "b"], [1, 1], [[0.1], [0.2]], 10));
        Assert.Empty(Student.BestOf(["a"], [1], [[double.NaN]], 10));
    }
}
