using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week11;

[Exercise("11.7")]
public sealed class BudgetTests : CodeTests<IBudget>
{
    [Fact, Points(0.25)]
    public void Choose_WorkedExample_IsTheSecond() => Assert.Equal(1, Student.Choose([4000, 1000, 600], [2, 1, 3], [91, 90.5, 89], 91, 2000, 5, 1));

    [Fact, Points(0.25)]
    public void Choose_TooSlow_DoesNotFit() => Assert.Equal(1, Student.Choose([10, 10], [9, 3], [95, 94], 95, 100, 5, 2));

    [Fact, Points(0.25)]
    public void Choose_TooInaccurate_DoesNotFit() => Assert.Equal(-1, Student.Choose([10], [1], [80], 95, 100, 5, 2));

    [Fact, Points(0.25)]
    public void Choose_SeveralFit_TakesTheMostAccurate() => Assert.Equal(2, Student.Choose([10, 50, 90], [1, 2, 4], [90, 91, 92], 92, 100, 5, 5));

    [Fact, Points(0.25)]
    public void Choose_NothingFits_IsMinusOne() => Assert.Equal(-1, Student.Choose([10, 20], [1, 2], [90, 91], 92, 5, 5, 5));

    [Fact, Points(0.25)]
    public void Choose_DifferentLengths_Throws()
    {
        Throws<ArgumentException>(() => Student.Choose([10, 20], [1], [90, 91], 92, 100, 5, 5));
        Throws<ArgumentException>(() => Student.Choose([], [], [], 92, 100, 5, 5));
    }
}
