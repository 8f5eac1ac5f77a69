using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07;

[Exercise("7.7")]
public sealed class EarlyStoppingTests : CodeTests<IEarlyStopping>
{
    [Fact, Points(0.5)]
    public void Update_WorkedValue_StopsAtTheFourthEpoch()
    {
        IEarlyStopping rule = New(2, 0.01);
        Assert.Equal([false, false, false, true], new[] { 0.50, 0.40, 0.395, 0.397 }.Select(rule.Update));
        Assert.Equal(2, rule.BestEpoch);
    }

    [Fact, Points(0.5)]
    public void Update_NewBest_StartsTheWaitingAfresh()
    {
        // By hand: epochs 2, 4 and 5 bring nothing, and only the last two are in a row.
        IEarlyStopping rule = New(2, 0.0);
        Assert.Equal([false, false, false, false, true], new[] { 0.9, 1.0, 0.8, 0.85, 0.81 }.Select(rule.Update));
        Assert.Equal(3, rule.BestEpoch);
    }
}
