using System.Text.Json;
using MlOps.Fairness.Individual;
using MlOps.Fairness.Tests.Internals;

namespace MlOps.Fairness.Tests.Individual;

public sealed class LipschitzViolationsTests
{
    private static readonly JsonElement s_reference = Reference.Read("broaden/reports.json");
    private static readonly double[] s_x = s_reference.GetProperty("x").Doubles();
    private static readonly double[] s_scores = s_reference.GetProperty("scores").Doubles();

    [Fact]
    public void Of_AllPairs_EqualsBruteForceInNumpy()
    {
        // Oracle: References/broaden/make_reports.py, all pairs by broadcasting.
        JsonElement expected = s_reference.GetProperty("lipschitz");

        var found = LipschitzViolations.Of(s_x, 3, s_scores, 0.8, listed: 5);

        Assert.False(found.Sampled);
        Assert.Equal(250 * 249 / 2, found.PairCount);
        Assert.Equal(expected.GetProperty("violations").GetInt64(), found.ViolationCount);
        Assert.Equal(expected.GetProperty("steepest").GetDouble(), found.EstimatedConstant, 1e-9);
        for (int i = 0; i < 5; i++)
        {
            double[] pair = expected.GetProperty("worst")[i].Doubles();
            Assert.Equal((pair[0], pair[1]), (found.Worst[i].First, found.Worst[i].Second));
            Assert.Equal(pair[2], found.Worst[i].Excess, 1e-12);
        }
    }

    [Fact]
    public void Of_ThreePeople_AsByHand()
    {
        var found = LipschitzViolations.Of([0, 1, 3], 1, [0, 1, 1], 0.5, standardise: false);

        Assert.Equal(1, found.ViolationCount); // 0–1: gap 1 > 0.5; 0–3: 1 ≤ 1.5; 1–3: 0 ≤ 1
        Assert.Equal(new LipschitzPair(0, 1, 1, 1, 0.5), Assert.Single(found.Worst));
        Assert.Equal(1, found.EstimatedConstant);
        Assert.Equal(0, LipschitzViolations.Of([0, 1, 3], 1, [0, 1, 1], found.EstimatedConstant, standardise: false).ViolationCount);
    }

    [Fact]
    public void Of_EqualRowsWithDifferentScores_NoConstantHelps() =>
        Assert.Equal(double.PositiveInfinity, LipschitzViolations.Of([2, 2, 5], 1, [0, 1, 0], 1000, standardise: false).EstimatedConstant);

    [Fact]
    public void Of_TooManyPairs_DrawsThemSeeded()
    {
        var first = LipschitzViolations.Of(s_x, 3, s_scores, 0.8, maxPairs: 5000, seed: 3);

        Assert.True(first.Sampled);
        Assert.Equal(5000, first.PairCount);
        Assert.Equal(first.ToString(), LipschitzViolations.Of(s_x, 3, s_scores, 0.8, maxPairs: 5000, seed: 3).ToString());
        Assert.Equal(LipschitzViolations.Of(s_x, 3, s_scores, 0.8).Share, first.Share, 0.02); // 5,000 draws: a deviation is below 0.005
        Assert.Equal(first.Worst.Count, first.Worst.Distinct().Count());
    }

    [Fact]
    public void Of_BadInput_IsRefused()
    {
        Assert.Equal("constant", Assert.Throws<ArgumentOutOfRangeException>(() => LipschitzViolations.Of([1, 2], 1, [0, 1], -1)).ParamName);
        Assert.Equal("maxPairs", Assert.Throws<ArgumentOutOfRangeException>(() => LipschitzViolations.Of([1, 2], 1, [0, 1], 1, maxPairs: 0)).ParamName);
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => LipschitzViolations.Of([1], 1, [0], 1)).ParamName);
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => LipschitzViolations.Of([1, 2, 3], 2, [0], 1)).ParamName);
    }
}
