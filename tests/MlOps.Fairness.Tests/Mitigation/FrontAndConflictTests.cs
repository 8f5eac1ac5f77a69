using MlOps.Fairness.Mitigation;

namespace MlOps.Fairness.Tests.Mitigation;

public sealed class FrontAndConflictTests
{
    [Fact]
    public void Front_HandCase_MarksWhatNothingBeats()
    {
        // c is beaten by b (as accurate, more equal); d and e are equal points and do not beat each other.
        var front = AccuracyFairnessFront.Of([new("a", 0.9, 0.3), new("b", 0.8, 0.1), new("c", 0.8, 0.2), new("d", 0.7, 0.05), new("e", 0.7, 0.05)]);

        Assert.Equal(["d", "e", "b", "a"], front.Front.Select(point => point.Name));
        Assert.False(front.Points[2].IsOnFront);
    }

    [Fact]
    public void Front_Chart_NamesThePriceAndThePoints()
    {
        var front = AccuracyFairnessFront.Of([new("plain", 0.9, 0.3, (0.88, 0.92)), new("fair", 0.85, 0.05, (0.83, 0.87)), new("bad", 0.8, 0.2)]);

        string text = front.Chart().ToString();

        Assert.Contains("0.25 less difference costs 0.05 accuracy", text);
        Assert.Contains("bad", front.ToString());
    }

    [Fact]
    public void Front_Chart_PointsCloseTogether_ShareALabel()
    {
        // b is within a tenth of both ranges (0.3 and 0.1) of a; c is as accurate as b but far away.
        var front = AccuracyFairnessFront.Of([new("a", 0.9, 0.3), new("b", 0.895, 0.28), new("c", 0.895, 0.1), new("d", 0.8, 0)]);

        string text = front.Chart().ToString();

        Assert.Contains("b · a", text);
        Assert.DoesNotContain("c · ", text);
    }

    [Fact]
    public void Front_BadPoints_AreTold()
    {
        Assert.Throws<ArgumentException>("points", () => AccuracyFairnessFront.Of([]));
        Assert.Throws<ArgumentException>("points", () => AccuracyFairnessFront.Of([new("a", 1, 0), new("a", 1, 0)]));
        Assert.Throws<ArgumentException>("points", () => AccuracyFairnessFront.Of([new("a", double.NaN, 0)]));
        Assert.Throws<ArgumentException>("points", () => AccuracyFairnessFront.Of([new("a", 0.5, 0, (0.6, 0.7))]));
    }

    [Fact]
    public void FrontPoint_OfReport_TakesAccuracyAndDifference()
    {
        var report = FairnessReport.Of([true, false, true, false], [true, false, false, false], Groups.Of("g", ["a", "a", "b", "b"]));

        var point = FrontPoint.Of("model", report);

        Assert.Equal((0.75, 0.5), (point.Accuracy, point.Difference));
        Assert.Throws<ArgumentException>("report", () => FrontPoint.Of("model", report, "predictiveParityDifference")); // nobody of b was selected
        Assert.Throws<ArgumentException>("metric", () => FrontPoint.Of("model", report, "demographicParityRatio"));
    }

    /// <summary>The identity of Chouldechova 2017, equation 2.6, holds for every group's own rates.</summary>
    [Fact]
    public void FalsePositiveRate_AnyCounts_FollowsFromTheOtherRates()
    {
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            var counts = new OutcomeCounts(random.Next(1, 99), random.Next(1, 99), random.Next(1, 99), random.Next(1, 99));

            Assert.Equal(
                counts.FalsePositiveRate.Value!.Value,
                ParityConflict.FalsePositiveRate(counts.BaseRate.Value!.Value, counts.PositivePredictiveValue.Value!.Value, counts.TruePositiveRate.Value!.Value),
                1e-12);
        }
    }

    [Fact]
    public void Conflict_DifferentBaseRates_Excludes()
    {
        // a: 2 of 4 positive, b: 1 of 4. Of 3 selected 2 were right: PPV 2/3; of 3 positives 2 were found: TPR 2/3.
        bool[] labels = [true, true, false, false, true, false, false, false];
        bool[] predictions = [true, false, true, false, true, false, false, false];

        var conflict = ParityConflict.Of(labels, predictions, Groups.Of("g", ["a", "a", "a", "a", "b", "b", "b", "b"]));

        Assert.Equal(1 / 3.0, conflict.Groups[0].NeededFalsePositiveRate!.Value, 1e-12); // 1 · (1/3)/(2/3) · 2/3
        Assert.Equal(1 / 9.0, conflict.Groups[1].NeededFalsePositiveRate!.Value, 1e-12); // 1/3 of that
        Assert.True(conflict.Excludes);
        Assert.Contains("force unequal", conflict.Chart().Title);
        Assert.Contains("exclude each other", conflict.ToString());
    }

    [Fact]
    public void Conflict_EqualBaseRatesOrPerfectPrediction_DoesNot()
    {
        var groups = Groups.Of("g", ["a", "a", "b", "b", "b"]);

        Assert.False(ParityConflict.Of([true, false, true, false, false], [true, false, true, false, false], groups).Excludes);
        Assert.False(ParityConflict.Of([true, false, true, false], [true, true, false, true], Groups.Of("g", ["a", "a", "b", "b"])).Excludes);
    }

    [Fact]
    public void Conflict_NobodySelectedOrNoNegatives_SaysWhy()
    {
        var groups = Groups.Of("g", ["a", "a", "b"]);

        var nobody = ParityConflict.Of([true, false, true], [false, false, false], groups);
        Assert.Null(nobody.Excludes);
        Assert.Contains("nobody", nobody.Groups[0].Note);
        Assert.Throws<InvalidOperationException>(() => nobody.Chart());
        Assert.Contains("negative", ParityConflict.Of([true, false, true], [true, false, true], groups).Groups[1].Note);
        Assert.Throws<ArgumentException>("groups", () => ParityConflict.Of([true], [true], Groups.Of("g", ["a"])));
    }
}
