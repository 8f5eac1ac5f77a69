using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week11.HeldBack;

[Exercise("11.7")]
public sealed class BudgetHeldBackTests : CodeTests<IBudget>
{
    [Fact, Points(0.25), HeldBack("a version exactly at every limit")]
    public void Choose_ExactlyAtEveryLimit_Fits() => Assert.Equal(0, Student.Choose([100], [5], [90], 92, 100, 5, 2));

    [Fact, Points(0.25), HeldBack("a loss that equals the limit but for rounding")]
    public void Choose_LossEqualButForRounding_Fits()
    {
        // 90.3 − 90.1 is 0.20000000000000284 in doubles.
        Assert.Equal(0, Student.Choose([100], [5], [90.1], 90.3, 100, 5, 0.2));
    }

    [Fact, Points(0.25), HeldBack("a version better than the baseline")]
    public void Choose_BetterThanTheBaseline_Fits() => Assert.Equal(1, Student.Choose([10, 10], [1, 1], [90, 96], 90, 100, 5, 1));

    [Fact, Points(0.25), HeldBack("equally accurate versions")]
    public void Choose_EquallyAccurate_TakesTheSmallest() => Assert.Equal(1, Student.Choose([30, 20, 25], [1, 3, 2], [90, 90, 90], 90, 100, 5, 1));

    [Fact, Points(0.25), HeldBack("equally accurate and equally large versions")]
    public void Choose_EqualInAccuracyAndSize_TakesTheFastest() => Assert.Equal(2, Student.Choose([20, 20, 20], [4, 3, 2], [90, 90, 90], 90, 100, 5, 1));

    [Fact, Points(0.25), HeldBack("NaN")]
    public void Choose_NaN_Throws()
    {
        Throws<ArgumentException>(() => Student.Choose([10], [double.NaN], [90], 90, 100, 5, 1));
        Throws<ArgumentException>(() => Student.Choose([10], [1], [double.NaN], 90, 100, 5, 1));
        Throws<ArgumentException>(() => Student.Choose([10], [1], [90], double.NaN, 100, 5, 1));
    }
}
