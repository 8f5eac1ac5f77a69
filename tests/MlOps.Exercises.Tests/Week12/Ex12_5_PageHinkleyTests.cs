using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week12;

[Exercise("12.5")]
public sealed class PageHinkleyTests : CodeTests<IPageHinkley>
{
    [Fact, Points(0.5)]
    public void Update_WorkedExample_AlarmsAtTheThirdValue()
    {
        IPageHinkley detector = New(0.5, 2.0, 3);
        Assert.Equal([false, false, true], new[] { detector.Update(0), detector.Update(0), detector.Update(4) });

        // By hand: 0 + 4 − 4/3 − 1/2.
        Assert.Equal(13.0 / 6, detector.Evidence, 1e-12);
    }

    [Fact, Points(0.5)]
    public void Evidence_FirstValue_IsZero()
    {
        // The first value is its own mean.
        IPageHinkley detector = New(0.5, 2.0, 3);
        detector.Update(7);
        Assert.Equal(0, detector.Evidence);
    }

    [Fact, Points(0.5)]
    public void Update_FewerValuesThanMinSamples_NeverAlarms()
    {
        // Rising from the start: the evidence is above 0.1 from the second value on.
        IPageHinkley detector = New(0.0, 0.1, 10);
        bool[] alarms = [.. Enumerable.Range(0, 10).Select(i => detector.Update(i))];
        Assert.Equal(9, Array.IndexOf(alarms, true));
    }
}
