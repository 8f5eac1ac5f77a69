using System.Text.Json;
using MlOps.Data;
using MlOps.Fairness.Individual;
using MlOps.Fairness.Tests.Internals;

namespace MlOps.Fairness.Tests.Individual;

/// <summary>Oracle: AIF360's formula on scikit-learn 1.2's NearestNeighbors (References/broaden/make_reports.py).</summary>
public sealed class ConsistencyTests
{
    private static readonly JsonElement s_reference = Reference.Read("broaden/reports.json");
    private static readonly double[] s_x = s_reference.GetProperty("x").Doubles();
    private static readonly double[] s_scores = s_reference.GetProperty("scores").Doubles();

    [Theory]
    [InlineData("aif360", 5, true, false, SimilarityMetric.Euclid)]
    [InlineData("withoutSelf", 5, false, false, SimilarityMetric.Euclid)]
    [InlineData("standardised", 7, true, true, SimilarityMetric.Euclid)]
    [InlineData("cosine", 4, false, false, SimilarityMetric.Cosine)]
    public void Of_EverySwitch_EqualsScikitLearn(string name, int k, bool self, bool standardise, SimilarityMetric metric) =>
        Assert.Equal(s_reference.GetProperty("consistency").GetProperty(name).GetDouble(), Consistency.Of(s_x, 3, s_scores, k, self, standardise, metric).Value, 1e-12);

    [Fact]
    public void Of_Defaults_AreAif360s() => Assert.Equal(s_reference.GetProperty("consistency").GetProperty("aif360").GetDouble(), Consistency.Of(s_x, 3, s_scores).Value, 1e-12);

    [Fact]
    public void Of_OneNeighbourItself_IsAlwaysOne() => Assert.Equal(1, Consistency.Of(s_x, 3, s_scores, 1).Value);

    [Fact]
    public void Of_FourOnALine_AsByHand()
    {
        // By hand, k = 1 without self: 0 and 1 are each other's neighbours, and so are 10 and 11; decisions 1, 0 | 1, 1.
        var consistency = Consistency.Of([0, 1, 10, 11], 1, [1, 0, 1, 1], 1, includeSelf: false);

        Assert.Equal([1, 1, 0, 0], consistency.Deviations);
        Assert.Equal(0.5, consistency.Value);
    }

    [Fact]
    public void Of_EqualRows_PreferTheEarlier() => // by hand: the third row's neighbour is the first
        Assert.Equal([1, 1, 0.5], Consistency.Of([7, 7, 7], 1, [1, 0, 0.5], 1, includeSelf: false).Deviations);

    [Fact]
    public void Of_Table_CodesCategoriesAndRefusesMissingNumbers()
    {
        var table = new Table(Column.Of("city", "a", "a", "b", "b"), Column.Of("n", 1.0, 1.1, 1.0, 1.1), Column.Of("gap", 1.0, double.NaN, 2.0, 3.0));

        Assert.Equal(1, Consistency.Of(table, ["city", "n"], [1, 1, 0, 0], 1, includeSelf: false).Value);
        Assert.Contains("'gap' is missing in row 1", Assert.Throws<ArgumentException>(() => Consistency.Of(table, ["gap"], [1, 1, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => Consistency.Of(table, [], [1, 1, 0, 0])).ParamName);
    }

    [Fact]
    public void Of_BadInput_IsRefused()
    {
        Assert.Equal("neighbors", Assert.Throws<ArgumentOutOfRangeException>(() => Consistency.Of([1, 2, 3], 1, [1, 0, 1], 3, includeSelf: false)).ParamName);
        Assert.Equal("neighbors", Assert.Throws<ArgumentOutOfRangeException>(() => Consistency.Of([1, 2, 3], 1, [1, 0, 1], 0)).ParamName);
        Assert.Equal("predictions", Assert.Throws<ArgumentException>(() => Consistency.Of([1, 2, 3], 1, [1, 0, double.NaN], 1)).ParamName);
        Assert.Equal("predictions", Assert.Throws<ArgumentException>(() => Consistency.Of([1, 2, 3], 1, [1, 0], 1)).ParamName);
        Assert.Contains("Row 1, feature 0 is NaN", Assert.Throws<ArgumentException>(() => Consistency.Of([1, double.NaN, 3], 1, [1, 0, 1], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("Row 0 is all zeros", Assert.Throws<ArgumentException>(() => Consistency.Of([0, 1], 1, [1, 0], 1, metric: SimilarityMetric.Cosine)).Message, StringComparison.Ordinal);
        Assert.Contains("50000", Assert.Throws<ArgumentException>(() => Consistency.Of(new double[50_001], 1, new double[50_001])).Message, StringComparison.Ordinal);
    }
}
