using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week12;

[Exercise("12.4")]
public sealed class KsMonitorTests : CodeTests<IKsMonitor>
{
    [Fact, Points(1)]
    public void Alerts_WorkedExample_AreTheLastIndices()
    {
        // By hand: of the C(8, 4) = 70 orders 2 separate both samples. Only the last two windows lie above the reference altogether.
        double[] predictions = [0.1, 0.2, 0.3, 0.4, 0.15, 0.25, 0.35, 0.9, 0.8, 0.95, 0.85, 0.9];
        Assert.Equal([10, 11], Student.Alerts(predictions, 4, 0.05));
    }

    [Fact, Points(0.5)]
    public void Alerts_SteadyPredictions_AreNone()
    {
        double[] predictions = [.. Enumerable.Range(0, 100).Select(i => i % 10 / 10.0)];
        Assert.Empty(Student.Alerts(predictions, 20, 0.05));
    }

    [Fact, Points(0.25)]
    public void Alerts_TooFewPredictions_AreNone()
    {
        Assert.Empty(Student.Alerts([1, 2, 3, 4, 5], 3, 0.9));
        Assert.Empty(Student.Alerts([], 3, 0.9));
    }

    [Fact, Points(0.25)]
    public void Alerts_OneWindowAfterTheReference_IsCompared()
    {
        // By hand: p is 2 of the C(6, 3) = 20 orders, 0.1.
        Assert.Equal([5], Student.Alerts([1, 2, 3, 4, 5, 6], 3, 0.2));
    }

    [Fact, Points(0.25)]
    public void Alerts_WindowOfZero_ThrowsArgumentException() => Throws<ArgumentException>(() => Student.Alerts([1, 2, 3], 0, 0.05));

    [Fact, Points(0.25)]
    public void Alerts_ThresholdOutsideZeroToOne_ThrowsArgumentException()
    {
        Throws<ArgumentException>(() => Student.Alerts([1, 2, 3, 4], 2, 1.5));
        Throws<ArgumentException>(() => Student.Alerts([1, 2, 3, 4], 2, double.NaN));
    }
}
