using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week07.HeldBack;

[Exercise("7.7")]
public sealed class EarlyStoppingHeldBackTests : CodeTests<IEarlyStopping>
{
    [Fact, Points(0.25), HeldBack("gains that are small one by one")]
    public void Update_SlowDescent_AddsUp()
    {
        // By hand: 0.96 and 0.92 are no best below 1.00 − 0.1, but 0.88 is.
        IEarlyStopping rule = New(3, 0.1);
        Assert.Equal([false, false, false, false, false], new[] { 1.00, 0.96, 0.92, 0.88, 0.86 }.Select(rule.Update));
        Assert.Equal(4, rule.BestEpoch);
    }

    [Fact, Points(0.25), HeldBack("a loss that stands still")]
    public void Update_EqualLosses_AreNoGain()
    {
        IEarlyStopping rule = New(3, 0.0);
        Assert.Equal([false, false, false, true], new[] { 0.5, 0.5, 0.5, 0.5 }.Select(rule.Update));
        Assert.Equal(1, rule.BestEpoch);
    }

    [Fact, Points(0.25), HeldBack("a loss that is no number")]
    public void Update_NotANumber_BringsNothing()
    {
        IEarlyStopping rule = New(2, 0.0);
        Assert.Equal([false, false, false, true], new[] { double.NaN, 0.5, double.NaN, 0.6 }.Select(rule.Update));
        Assert.Equal(2, rule.BestEpoch);
        IEarlyStopping hopeless = New(2, 0.0);
        Assert.Equal([false, true], new[] { double.NaN, double.NaN }.Select(hopeless.Update));
        Assert.Equal(0, hopeless.BestEpoch);
    }

    [Fact, Points(0.25), HeldBack("two training runs side by side")]
    public void Update_TwoRuns_KeepApart()
    {
        IEarlyStopping one = New(2, 0.0);
        IEarlyStopping other = New(2, 0.0);
        one.Update(0.1);
        other.Update(0.9);
        other.Update(0.8);
        Assert.Equal((1, 2), (one.BestEpoch, other.BestEpoch));
    }
}
