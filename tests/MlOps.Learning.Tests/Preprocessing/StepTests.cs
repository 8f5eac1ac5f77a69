using System.Text.Json;
using MlOps.Data;
using MlOps.Learning.Preprocessing;
using MlOps.Learning.Tests.References;

namespace MlOps.Learning.Tests.Preprocessing;

/// <summary>Every step against scikit-learn 1.2.1 on rows of the breast cancer data, some values taken away: References/prep.py.</summary>
public sealed class StepTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e"];
    private static readonly JsonElement Prep = PrepReferences.All.GetProperty("prep");
    private static readonly JsonElement Text = PrepReferences.All.GetProperty("text");

    private static readonly Dictionary<string, Step> WithGaps = new()
    {
        ["standard"] = new StandardScale(),
        ["minMax"] = new MinMaxScale(-1, 2),
        ["maxAbs"] = new MaxAbsScale(),
        ["robust"] = new RobustScale(),
        ["mean"] = Impute.Mean(),
        ["median"] = Impute.Median(indicator: true),
        ["mostFrequent"] = Impute.MostFrequent(),
        ["constant"] = Impute.Constant(-7.5),
    };

    private static readonly Dictionary<string, Step> WithoutGaps = new()
    {
        ["log1p"] = new Log1p(),
        ["polynomial"] = new Polynomial(3),
        ["interactions"] = new Polynomial(3, interactionsOnly: true),
        ["quantile"] = new Bins(),
        ["uniform"] = new Bins(4, BinEdges.Uniform),
        ["quantileOneHot"] = new Bins(oneHot: true),
    };

    public static TheoryData<string> NamesWithGaps => [.. WithGaps.Keys];

    public static TheoryData<string> NamesWithoutGaps => [.. WithoutGaps.Keys];

    [Theory]
    [MemberData(nameof(NamesWithGaps))]
    public void Transform_NumbersWithGaps_EqualScikitLearn(string name) => Agree(name, WithGaps[name], "train", "test");

    [Theory]
    [MemberData(nameof(NamesWithoutGaps))]
    public void Transform_Numbers_EqualScikitLearn(string name) => Agree(name, WithoutGaps[name], "fullTrain", "fullTest");

    [Fact]
    public void Polynomial_Names_EqualScikitLearn()
    {
        FittedPipeline fitted = new Pipeline().Numbers(Names, new Polynomial(3)).Fit(Table("fullTrain"));

        Assert.Equal(PrepReferences.Texts(Prep.GetProperty("polynomialNames")), fitted.FeatureNames.ToArray());
    }

    [Fact]
    public void OneHot_MissingAndUnseenCategories_EqualsScikitLearn()
    {
        AgreeOnText("oneHot", new OneHot());
        AgreeOnText("dropFirst", new OneHot(dropFirst: true));
        AgreeOnText("mostFrequentOneHot", Impute.MostFrequent(), new OneHot());
    }

    [Fact]
    public void Ordinal_MissingAndUnseenCategories_EqualsScikitLearn() => AgreeOnText("ordinal", new Ordinal());

    [Fact]
    public void Ordinal_GivenOrder_CodesByIt()
    {
        var table = new Table(Column.Of("risk", "high", "low", null, "none", "medium"));

        Matrix coded = new Pipeline().Texts(["risk"], new Ordinal(order: ["low", "medium", "high"])).Fit(table).Transform(table);

        Assert.Equal([2, 0, double.NaN, -1, 1], coded.Column(0));
    }

    [Fact]
    public void OneHot_NamesAndOrder_AreByCategoryWithMissingLast()
    {
        var table = new Table(Column.Of("city", "Pune", null, "Agra", "Pune"));

        FittedPipeline fitted = new Pipeline().Texts(["city"], new OneHot()).Fit(table);

        Assert.Equal(["city=Agra", "city=Pune", "city=(missing)"], fitted.FeatureNames);
        Assert.Equal([0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0], fitted.Transform(table).Values.ToArray());
    }

    [Fact]
    public void OneHot_EmptyText_IsMissing()
    {
        FittedPipeline fitted = new Pipeline().Texts(["city"], Impute.Constant("none"), new OneHot()).Fit(new Table(Column.Of("city", "Pune", "")));

        Assert.Equal(["city=Pune", "city=none"], fitted.FeatureNames);
        Assert.Equal([0, 1], fitted.Transform(new Table(Column.Of("city", (string?)null))).Values.ToArray());
    }

    [Fact]
    public void Impute_TextIndicator_ComesBehindTheCategories()
    {
        var table = new Table(Column.Of("city", "Pune", null, "Agra"));

        FittedPipeline fitted = new Pipeline().Texts(["city"], Impute.MostFrequent(indicator: true), new OneHot()).Fit(table);

        Assert.Equal(["city=Agra", "city=Pune", "city_missing"], fitted.FeatureNames);
        Assert.Equal([0, 1, 0, 1, 0, 1, 1, 0, 0], fitted.Transform(table).Values.ToArray()); // Agra and Pune occur once each; the first in order fills
    }

    [Fact]
    public void Bins_OneHot_NamesTheBinsAndLeavesMissingOut()
    {
        var table = new Table(Column.Of("age", 0.0, 10, 20, 30, 40, double.NaN));

        FittedPipeline fitted = new Pipeline().Numbers(["age"], new Bins(4, BinEdges.Uniform, oneHot: true)).Fit(table);

        Assert.Equal(["age=< 10", "age=[10, 20)", "age=[20, 30)", "age=≥ 30"], fitted.FeatureNames);
        Assert.Equal([0, 0, 0, 0], fitted.Transform(table).Row(5).ToArray());
        Assert.Equal([0, 1, 0, 0], fitted.Transform(table).Row(1).ToArray());
    }

    [Fact]
    public void Scale_AfterOneHot_TakesTheIndicatorsAsNumbers()
    {
        var table = new Table(Column.Of("city", "a", "b", "b", "b"));

        Matrix scaled = new Pipeline().Texts(["city"], new OneHot(), new MinMaxScale(0, 2)).Fit(table).Transform(table);

        Assert.Equal([2, 0, 0, 2, 0, 2, 0, 2], scaled.Values.ToArray());
    }

    [Fact]
    public void Steps_BadSettings_NameTheParameter()
    {
        Assert.Equal("high", Assert.Throws<ArgumentOutOfRangeException>(() => new MinMaxScale(1, 1)).ParamName);
        Assert.Equal("upper", Assert.Throws<ArgumentOutOfRangeException>(() => new RobustScale(0.7, 0.3)).ParamName);
        Assert.Equal("degree", Assert.Throws<ArgumentOutOfRangeException>(() => new Polynomial(0)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => new Bins(1)).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => Impute.Constant(double.NaN)).ParamName);
        Assert.Equal("value", Assert.Throws<ArgumentException>(() => Impute.Constant("")).ParamName);
    }

    [Fact]
    public void Fit_WhatAStepCannotLearnFrom_NamesTheColumn()
    {
        var table = new Table(Column.Of("empty", double.NaN, double.NaN), Column.Of("low", -2.0, 1), Column.Of("city", "a", "b"));

        Assert.All(new Step[] { Impute.Mean(), Impute.Median(), Impute.MostFrequent(), new StandardScale(), new RobustScale(), new MinMaxScale(), new MaxAbsScale(), new Bins() }, step =>
            Assert.Contains("'empty'", Refusal(() => new Pipeline().Numbers(["empty"], step).Fit(table)), StringComparison.Ordinal));
        Assert.Contains("'low' has -2 in row 0", Refusal(() => new Pipeline().Numbers(["low"], new Log1p()).Fit(table)), StringComparison.Ordinal);
        Assert.Contains("'city' is text", Refusal(() => new Pipeline().Texts(["city"], new StandardScale(), new OneHot()).Fit(table)), StringComparison.Ordinal);
        Assert.Contains("'city' is text and has no median", Refusal(() => new Pipeline().Texts(["city"], Impute.Median(), new OneHot()).Fit(table)), StringComparison.Ordinal);
        Assert.Contains("'low' holds numbers", Refusal(() => new Pipeline().Numbers(["low"], Impute.Constant("x")).Fit(table)), StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_UnknownCategoryAsError_NamesColumnRowAndCategory()
    {
        var train = new Table(Column.Of("city", "Pune", "Agra"));
        var test = new Table(Column.Of("city", "Agra", "Delhi"));

        Assert.Contains("'city' has 'Delhi' in row 1; known are: Agra, Pune", Refusal(() => new Pipeline().Texts(["city"], new OneHot(UnknownCategory.Error)).Fit(train).Transform(test)), StringComparison.Ordinal);
        Assert.Contains("'Delhi'", Refusal(() => new Pipeline().Texts(["city"], new Ordinal(UnknownCategory.Error)).Fit(train).Transform(test)), StringComparison.Ordinal);
    }

    private static string Refusal(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private static Table Table(string part)
    {
        Matrix rows = PrepReferences.Matrix(Prep.GetProperty(part));
        return new Table(Names.Select((name, j) => (Column)new Column<double>(name, rows.Column(j))));
    }

    private static void Agree(string name, Step step, string train, string test)
    {
        Matrix actual = new Pipeline().Numbers(Names, step).Fit(Table(train)).Transform(Table(test));

        PrepReferences.Close(PrepReferences.Matrix(Prep.GetProperty("steps").GetProperty(name)), actual, 1e-12);
    }

    private static void AgreeOnText(string name, params Step[] steps)
    {
        var table = new Table(Column.Of("size", PrepReferences.Texts(Text.GetProperty("size"))), Column.Of("kind", PrepReferences.Texts(Text.GetProperty("kind"))));

        FittedPipeline fitted = new Pipeline().Texts(["size", "kind"], steps).Fit(table.Rows(..80));

        PrepReferences.Close(PrepReferences.Matrix(Text.GetProperty(name)), fitted.Transform(table.Rows(80..)), 0);
    }
}
