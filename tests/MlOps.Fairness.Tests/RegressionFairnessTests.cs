using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Data;
using MlOps.Fairness.Tests.Internals;

namespace MlOps.Fairness.Tests;

public sealed class RegressionFairnessTests
{
    private static readonly JsonElement s_reference = Reference.Read("broaden/reports.json");
    private static readonly JsonElement s_expected = s_reference.GetProperty("regression");
    private static readonly RegressionFairness s_report = RegressionFairness.Of(
        s_reference.GetProperty("truth").Doubles(), s_reference.GetProperty("prediction").Doubles(), Groups.Of("g", s_reference.GetProperty("group").Texts()));

    [Fact]
    public void Of_EveryGroup_EqualsPandasAndScikitLearn()
    {
        // Oracle: References/broaden/make_reports.py (pandas 1.5 groupby, scikit-learn 1.2 metrics).
        foreach (RegressionOutcome group in s_report.Groups.Append(s_report.Overall))
        {
            JsonElement expected = group.Group == "overall" ? s_expected.GetProperty("overall") : s_expected.GetProperty("groups").GetProperty(group.Group);
            Assert.Equal(expected.GetProperty("count").GetInt64(), group.Count);
            Assert.Equal(expected.GetProperty("meanTruth").GetDouble(), group.MeanTruth!.Value, 1e-10);
            Assert.Equal(expected.GetProperty("meanPrediction").GetDouble(), group.MeanPrediction!.Value, 1e-10);
            Assert.Equal(expected.GetProperty("meanError").GetDouble(), group.MeanError!.Value, 1e-10);
            Assert.Equal(expected.GetProperty("meanAbsoluteError").GetDouble(), group.MeanAbsoluteError!.Value, 1e-10);
            Assert.Equal(expected.GetProperty("rootMeanSquaredError").GetDouble(), group.RootMeanSquaredError!.Value, 1e-10);
            Assert.Equal(expected.GetProperty("rSquared").GetDouble(), group.RSquared!.Value, 1e-10);
        }
    }

    [Fact]
    public void Of_EveryMetric_EqualsFairlearnsFormulasAndScipysDistances()
    {
        Assert.Equal(s_report.Metrics.Count, s_expected.GetProperty("metrics").EnumerateObject().Count());
        foreach (JsonProperty metric in s_expected.GetProperty("metrics").EnumerateObject())
        {
            Assert.Equal(metric.Value.GetDouble(), s_report[metric.Name].Value!.Value, 1e-10);
        }

        foreach (PredictionGap gap in s_report.Gaps)
        {
            double[] expected = s_expected.GetProperty("gaps").GetProperty(gap.First + gap.Second).Doubles();
            Assert.Equal(expected[0], gap.Wasserstein, 1e-10);
            Assert.Equal(expected[1], gap.KolmogorovSmirnov, 1e-12);
        }
    }

    [Fact]
    public void Of_GroupOfOneAndGroupOfNone_AreUndefinedNotZero()
    {
        var people = new Table(Column.Of("a", "x", "x", "y"), Column.Of("b", "p", "p", "q"));
        var report = RegressionFairness.Of([1, 2, 3], [1, 3, 5], Groups.Of(people, "a", "b"));

        Assert.Null(report.Groups[1].MeanError); // x,q: nobody
        Assert.Equal(0, report.Groups[1].Count);
        Assert.Equal(2, report.Groups[3].MeanError); // y,q: one row
        Assert.Null(report.Groups[3].RSquared);
        Assert.Null(report["rSquaredDifference"].Value); // one group has one
        Assert.Contains("undefined for x,q", report["meanErrorDifference"].Note, StringComparison.Ordinal);
        Assert.Equal(1.5, report["meanErrorDifference"].Value); // by hand: 2 − 0.5
    }

    [Fact]
    public void Of_RowsWithoutGroup_CountOverallOnly()
    {
        var report = RegressionFairness.Of([1, 2, 4], [1, 2, 7], Groups.Of("a", ["x", "y", null]));

        Assert.Equal(3, report.Overall.Count);
        Assert.Equal(1, report.Overall.MeanError);
        Assert.Equal(0, report["meanAbsoluteErrorDifference"].Value);
        Assert.Null(report["meanAbsoluteErrorRatio"].Value); // 0 / 0
    }

    [Fact]
    public void Of_NegativeMeans_HaveNoRatio()
    {
        var report = RegressionFairness.Of([0, 0], [-1, 2], Groups.Of("a", ["x", "y"]));

        Assert.Null(report["meanPredictionRatio"].Value);
        Assert.Contains("not negative", report["meanPredictionRatio"].Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OneGroup_ComparesNothing()
    {
        var report = RegressionFairness.Of([1, 2], [1, 2], Groups.Of("a", ["x", "x"]));

        Assert.Null(report["wassersteinDistance"].Value);
        Assert.NotNull(report["wassersteinDistance"].Note);
        Assert.Contains("nothing to compare", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NaN_NamesTheRow()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => RegressionFairness.Of([1, 2], [1, double.NaN], Groups.Of("a", ["x", "y"])));
        Assert.Equal("predictions", error.ParamName);
        Assert.Contains("Row 1: the prediction is NaN", error.Message, StringComparison.Ordinal);
        Assert.Equal("truth", Assert.Throws<ArgumentException>(() => RegressionFairness.Of([double.PositiveInfinity, 2], [1, 1], Groups.Of("a", ["x", "y"]))).ParamName);
        Assert.Throws<ArgumentException>(() => RegressionFairness.Of([1], [1, 2], Groups.Of("a", ["x", "y"])));
    }

    [Fact]
    public void Gap_ShiftedSample_IsTheShift() // property: W₁(x, x + c) = |c|, whatever x
        => Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<int>>(), ArbMap.Default.ArbFor<byte>(), (values, shift) =>
        {
            double[] a = [.. values.Get.Select(v => (double)v).Order()];
            double[] b = Array.ConvertAll(a, v => v + shift);
            return Math.Abs(PredictionGap.Of("a", a, "b", b).Wasserstein - shift) < 1e-6;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ToJson_Undefined_IsNull()
    {
        JsonElement json = JsonDocument.Parse(RegressionFairness.Of([1, 2], [1, 2], Groups.Of("a", ["x", "y"])).ToJson()).RootElement;

        Assert.Equal(JsonValueKind.Null, json.GetProperty("groups")[0].GetProperty("rSquared").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("metrics").GetProperty("rSquaredDifference").ValueKind);
    }

    [Fact]
    public void OfTable_SameNumbers_IsTheSame()
    {
        var table = new Table(
            Column.Of("y", s_reference.GetProperty("truth").Doubles()), Column.Of("p", s_reference.GetProperty("prediction").Doubles()), Column.Of("g", s_reference.GetProperty("group").Texts()));

        Assert.Equal(s_report.ToString(), RegressionFairness.Of(table, "y", "p", "g").ToString());
        Assert.Contains("mean error", s_report.Chart().ToSvg(), StringComparison.Ordinal);
    }
}
