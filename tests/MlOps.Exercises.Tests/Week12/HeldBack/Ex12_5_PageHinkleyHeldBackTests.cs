using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week12.HeldBack;

[Exercise("12.5")]
public sealed class PageHinkleyHeldBackTests : CodeTests<IPageHinkley>
{
    [Fact, Points(0.25), HeldBack("a long quiet stretch before the rise")]
    public void Update_LongQuietStretch_DoesNotDelayTheAlarm()
    {
        IPageHinkley detector = New(0.5, 2.0, 3);
        for (int i = 0; i < 10; i++)
        {
            Assert.False(detector.Update(0));
        }

        // By hand: 0 + 4 − 4/11 − 1/2 = 3.136.
        Assert.True(detector.Update(4));
        Assert.Equal(4 - (4.0 / 11) - 0.5, detector.Evidence, 1e-12);
    }

    [Fact, Points(0.5), HeldBack("what follows an alarm")]
    public void Update_AfterAnAlarm_StartsAfresh()
    {
        IPageHinkley detector = New(0.5, 2.0, 3);
        detector.Update(0);
        detector.Update(0);
        Assert.True(detector.Update(4));

        // A new start: 4 is its own mean, then 4 again, then 9 with the mean 17/3.
        Assert.False(detector.Update(4));
        Assert.Equal(0, detector.Evidence);
        Assert.False(detector.Update(4));
        Assert.True(detector.Update(9));
        Assert.Equal(9 - (17.0 / 3) - 0.5, detector.Evidence, 1e-12);
    }

    [Fact, Points(0.25), HeldBack("evidence that equals the threshold")]
    public void Update_EvidenceEqualToThreshold_IsQuiet()
    {
        // By hand: the mean of 0 and 2 is 1, and 2 − 1 = 1.
        IPageHinkley detector = New(0.0, 1.0, 1);
        detector.Update(0);
        Assert.False(detector.Update(2));
    }

    [Fact, Points(0.25), HeldBack("a value that is no number")]
    public void Update_NotANumber_ThrowsAndChangesNothing()
    {
        IPageHinkley detector = New(0.5, 2.0, 3);
        detector.Update(0);
        detector.Update(0);
        Throws<ArgumentException>(() => detector.Update(double.NaN));
        Throws<ArgumentException>(() => detector.Update(double.PositiveInfinity));

        // As in the worked example, which has no such values.
        Assert.True(detector.Update(4));
        Assert.Equal(13.0 / 6, detector.Evidence, 1e-12);
    }

    [Fact, Points(0.25), HeldBack("two detectors side by side")]
    public void Update_TwoDetectors_KeepApart()
    {
        IPageHinkley one = New(0.0, 100.0, 1);
        IPageHinkley other = New(0.0, 100.0, 1);
        one.Update(0);
        other.Update(1000);
        one.Update(6);
        Assert.Equal((3.0, 0.0), (one.Evidence, other.Evidence));
    }
}
