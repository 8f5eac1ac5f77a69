using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week13;

[Exercise("13.4")]
public sealed class AuditorTests : CodeTests<IFairnessAuditor>
{
    private static readonly bool[] s_predictions = [true, false, true, true];
    private static readonly bool[] s_labels = [true, true, true, false];
    private static readonly string[] s_groups = ["f", "f", "m", "m"];

    [Fact, Points(0.5)]
    public void DisparateImpactRatio_WorkedExample_IsOneHalf() => Assert.Equal(0.5, New(s_predictions, s_labels, s_groups).DisparateImpactRatio!.Value, 1e-12);

    [Fact, Points(0.25)]
    public void EqualOpportunityDifference_WorkedExample_IsOneHalf() => Assert.Equal(0.5, New(s_predictions, s_labels, s_groups).EqualOpportunityDifference!.Value, 1e-12);

    [Fact, Points(0.25)]
    public void PredictiveParityDifference_WorkedExample_IsOneHalf() => Assert.Equal(0.5, New(s_predictions, s_labels, s_groups).PredictiveParityDifference!.Value, 1e-12);

    [Fact, Points(0.5)]
    public void EqualOpportunityDifference_FalsePositives_DoNotCount()
    {
        // By hand: both groups find 1 of 1. Group a also selects two without the label.
        Assert.Equal(0, New(new[] { true, true, true, true, false }, new[] { true, false, false, true, false }, new[] { "a", "a", "a", "b", "b" }).EqualOpportunityDifference!.Value, 1e-12);
    }

    [Fact, Points(0.5)]
    public void PredictiveParityDifference_IsNotTheRecall()
    {
        // By hand: predictive values 1/1 and 1/1; true positive rates 1/2 and 1/1.
        Assert.Equal(0, New(new[] { true, false, true }, new[] { true, true, true }, new[] { "a", "a", "b" }).PredictiveParityDifference!.Value, 1e-12);
    }

    [Fact, Points(0.5)]
    public void AlikeTreatedAlike_WorkedPairs_IsOneThird()
    {
        // By hand: rows 0, 1 and 2 point the same way, row 3 across. Of their three pairs only 0 and 2 were treated alike.
        double[][] features = [[1, 0], [2, 0], [3, 0], [0, 1]];
        Assert.Equal(1.0 / 3, New(s_predictions, s_labels, s_groups).AlikeTreatedAlike(features, 0.99)!.Value, 1e-12);
    }

    [Fact, Points(0.25)]
    public void AlikeTreatedAlike_LongerRows_AreNoMoreSimilar()
    {
        // By hand: a right angle, however long the arms; and 45 degrees, a similarity of 0.707.
        Assert.Null(New(new[] { true, false }, new[] { true, true }, new[] { "a", "b" }).AlikeTreatedAlike([[10, 0], [10, 10]], 0.9));
    }

    [Fact, Points(0.25)]
    public void Constructor_DifferentLengths_Throws()
    {
        Throws<ArgumentException>(() => _ = New(new[] { true, false }, new[] { true }, new[] { "a", "b" }).DisparateImpactRatio);
        Throws<ArgumentException>(() => _ = New(Array.Empty<bool>(), Array.Empty<bool>(), Array.Empty<string>()).DisparateImpactRatio);
    }
}
