using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week12.HeldBack;

[Exercise("12.6")]
public sealed class FalseAlarmBudgetHeldBackTests : CodeTests<IFalseAlarmBudget>
{
    [Fact, Points(0.5), HeldBack("days with the same value")]
    public void Threshold_DaysWithTheSameValue_AlarmTogether()
    {
        // By hand: above 2 lies one day of five. Two would fit into 0.4, but the three days of 2 come together.
        double[] quiet = [2, 1, 2, 3, 2];
        Assert.Equal(2, Student.Threshold(quiet, 0.2));
        Assert.Equal(2, Student.Threshold(quiet, 0.4));
        Assert.Equal(1, Student.Threshold(quiet, 0.8));
    }

    [Fact, Points(0.25), HeldBack("a budget that pays for a whole number of alarms")]
    public void Threshold_WholeNumberOfAlarms_IsNotLostToRounding()
    {
        // 100 days of 1 to 100: 29 of them lie above 71, and 29/100 is 0.29 to the last bit.
        double[] quiet = [.. Enumerable.Range(1, 100).Select(day => (double)day)];
        Assert.Equal(71, Student.Threshold(quiet, 0.29));
    }

    [Fact, Points(0.5), HeldBack("made-up quiet periods, against the definition")]
    public void Threshold_MadeUpPeriods_EqualTheDefinition()
    {
        var random = new Random(126);
        for (int period = 0; period < 50; period++)
        {
            double[] quiet = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => random.Next(20) / 100.0)];
            double budget = random.NextDouble();

            // Brute force: every t that matters is one of the values.
            double expected = quiet.Where(t => (double)quiet.Count(value => value > t) / quiet.Length <= budget).Min();
            Assert.Equal(expected, Student.Threshold(quiet, budget));
        }
    }

    [Fact, Points(0.25), HeldBack("input that has no answer")]
    public void Threshold_NoAnswer_ThrowsArgumentException()
    {
        Throws<ArgumentException>(() => Student.Threshold([], 0.1));
        Throws<ArgumentException>(() => Student.Threshold([0.1, double.NaN, 0.2], 0.1));
        Throws<ArgumentException>(() => Student.Threshold([0.1, 0.2], 1));
        Throws<ArgumentException>(() => Student.Threshold([0.1, 0.2], double.NaN));
    }
}
