using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week13;

[Exercise("13.5")]
public sealed class RepairTests : CodeTests<IThresholdRepair>
{
    [Fact, Points(1)]
    public void Threshold_WorkedExample_IsTheThirdScore() => Assert.Equal(0.4, Student.Threshold([0.7, 0.5, 0.4, 0.2, 0.1], [0.9, 0.8, 0.6, 0.3], 0.55));

    [Fact, Points(0.5)]
    public void Threshold_AlreadyFair_StaysAsItIs() => Assert.Equal(0.5, Student.Threshold([0.2, 0.8], [0.1, 0.9], 0.5));

    [Fact, Points(0.25)]
    public void Threshold_GroupsOfDifferentSize_ComparesShares()
    {
        // By hand: 4 of 8 favoured, so 0.4 · 2 others are needed: one of two.
        Assert.Equal(0.3, Student.Threshold([0.3, 0.1], [0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.2, 0.1], 0.5));
    }

    [Fact, Points(0.25)]
    public void Threshold_NaN_Throws()
    {
        Throws<ArgumentException>(() => Student.Threshold([0.3, double.NaN], [0.9], 0.5));
        Throws<ArgumentException>(() => Student.Threshold([0.3], [double.NaN], 0.5));
        Throws<ArgumentException>(() => Student.Threshold([0.3], [0.9], double.NaN));
        Throws<ArgumentException>(() => Student.Threshold([], [0.9], 0.5));
    }
}
