using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week12.HeldBack;

[Exercise("12.4")]
public sealed class KsMonitorHeldBackTests : CodeTests<IKsMonitor>
{
    [Fact, Points(0.5), HeldBack("a shift that stays")]
    public void Alerts_ShiftThatStays_AlertsToTheEnd()
    {
        // Windows of 4 that lie above 1 to 4 altogether end at 7 and later: p = 2/70 for each of them.
        double[] predictions = [1, 2, 3, 4, .. Enumerable.Range(0, 20).Select(i => 11.0 + (i % 4))];
        Assert.Equal(Enumerable.Range(7, 17), Student.Alerts(predictions, 4, 0.05));
    }

    [Fact, Points(0.5), HeldBack("a p-value that equals the threshold")]
    public void Alerts_PValueEqualToThreshold_IsQuiet()
    {
        // Equal samples have a gap of 0 and so p = 1.
        Assert.Empty(Student.Alerts([1, 2, 1, 2, 1, 2], 2, 1));
    }

    [Fact, Points(0.75), HeldBack("predictions that are missing")]
    public void Alerts_MissingPredictions_KeepTheirIndices()
    {
        // The worked example with gaps: its predictions 10 and 11 now stand at 13 and 15.
        const double Gap = double.NaN;
        double[] predictions = [Gap, 0.1, 0.2, 0.3, 0.4, 0.15, Gap, 0.25, 0.35, 0.9, 0.8, Gap, 0.95, 0.85, Gap, 0.9, Gap];
        Assert.Equal([13, 15], Student.Alerts(predictions, 4, 0.05));
    }

    [Fact, Points(0.75), HeldBack("300 predictions with a shift that comes and goes, against SciPy")]
    public void Alerts_ThreeHundredScores_AgreeWithSciPy()
    {
        // SciPy 1.10.1, ks_2samp(x[:40], x[end-40:end], mode="exact").pvalue < 0.05 for ends 80 to 300: 186 to 224. The nearest p is 0.054.
        double[] scores = [.. Enumerable.Range(0, 300).Select(i => i * 0.6180339887 % 1).Select((x, i) => i is >= 150 and < 220 ? (x * 0.7) + 0.3 : x)];
        Assert.Equal(Enumerable.Range(186, 39), Student.Alerts(scores, 40, 0.05));
    }
}
