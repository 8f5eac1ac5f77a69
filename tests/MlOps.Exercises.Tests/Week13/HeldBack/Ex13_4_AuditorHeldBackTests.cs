using MlOps.Grading.Testing;

namespace MlOps.Exercises.Tests.Week13.HeldBack;

[Exercise("13.4")]
public sealed class AuditorHeldBackTests : CodeTests<IFairnessAuditor>
{
    [Fact, Points(0.25), HeldBack("three groups")]
    public void DisparateImpactRatio_ThreeGroups_ComparesTheExtremes()
    {
        // By hand: rates 1/2, 1/1 and 1/4, in this order; the ratio is 1/4.
        bool[] predictions = [true, false, true, true, false, false, false];
        string[] groups = ["x", "x", "y", "z", "z", "z", "z"];
        Assert.Equal(0.25, New(predictions, predictions, groups).DisparateImpactRatio!.Value, 1e-12);
    }

    [Fact, Points(0.25), HeldBack("a group in which nobody has the good label")]
    public void EqualOpportunityDifference_GroupWithoutPositives_IsLeftOut()
    {
        // By hand: groups a and b have rates 1/1 and 1/2; group c has no true label, and 0 would make the gap 1.
        bool[] predictions = [true, true, false, false];
        bool[] labels = [true, true, true, false];
        Assert.Equal(0.5, New(predictions, labels, new[] { "a", "b", "b", "c" }).EqualOpportunityDifference!.Value, 1e-12);
    }

    [Fact, Points(0.25), HeldBack("a single group that can be compared with nobody")]
    public void EqualOpportunityDifference_OneGroupLeft_IsNull() =>
        Assert.Null(New(new[] { true, false }, new[] { true, false }, new[] { "a", "b" }).EqualOpportunityDifference);

    [Fact, Points(0.25), HeldBack("a decision that selects nobody")]
    public void DisparateImpactRatio_NobodySelected_IsNull() =>
        Assert.Null(New(new[] { false, false }, new[] { true, false }, new[] { "a", "b" }).DisparateImpactRatio);

    [Fact, Points(0.25), HeldBack("rows that are compared with themselves")]
    public void AlikeTreatedAlike_OnlyDifferentRows_AreCompared()
    {
        // By hand: one pair, treated differently.
        Assert.Equal(0, New(new[] { true, false }, new[] { true, true }, new[] { "a", "b" }).AlikeTreatedAlike([[1, 1], [2, 2]], 0.99)!.Value, 1e-12);
    }

    [Fact, Points(0.25), HeldBack("a row of zeros")]
    public void AlikeTreatedAlike_RowOfZeros_IsSimilarToNobody() =>
        Assert.Null(New(new[] { true, false }, new[] { true, true }, new[] { "a", "b" }).AlikeTreatedAlike([[0, 0], [2, 2]], -1));

    [Fact, Points(0.25), HeldBack("people of whom no two are similar")]
    public void AlikeTreatedAlike_NoSimilarPair_IsNull() =>
        Assert.Null(New(new[] { true, true }, new[] { true, true }, new[] { "a", "b" }).AlikeTreatedAlike([[1, 0], [0, 1]], 0.5));

    [Fact, Points(0.25), HeldBack("features that do not belong to the rows")]
    public void AlikeTreatedAlike_OtherNumberOfRows_Throws()
    {
        Throws<ArgumentException>(() => New(new[] { true, true }, new[] { true, true }, new[] { "a", "b" }).AlikeTreatedAlike([[1, 0]], 0.5));
        Throws<ArgumentException>(() => New(new[] { true, true }, new[] { true, true }, new[] { "a", "b" }).AlikeTreatedAlike([[1, 0], [1]], 0.5));
    }
}
