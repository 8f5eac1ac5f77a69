using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week12;

[Exercise("12.6")]
public sealed class FalseAlarmBudgetTests : CodeTests<IFalseAlarmBudget>
{
    private static readonly double[] s_tenDays = [0.02, 0.08, 0.03, 0.05, 0.04, 0.03, 0.06, 0.02, 0.11, 0.04];

    [Fact, Points(0.5)]
    public void Threshold_WorkedExample_IsTheThirdLargest() => Assert.Equal(0.06, Student.Threshold(s_tenDays, 0.2));

    [Fact, Points(0.5)]
    public void Threshold_BudgetOfZero_IsTheLargest() => Assert.Equal(0.11, Student.Threshold(s_tenDays, 0));

    [Fact, Points(0.25)]
    public void Threshold_BudgetJustEnoughForOneDay_LetsOneAlarm()
    {
        Assert.Equal(0.11, Student.Threshold(s_tenDays, 0.09));
        Assert.Equal(0.08, Student.Threshold(s_tenDays, 0.1));
    }

    [Fact, Points(0.25)]
    public void Threshold_AllDaysEqual_IsTheirValue() => Assert.Equal(0.05, Student.Threshold([0.05, 0.05, 0.05, 0.05], 0.5));
}
