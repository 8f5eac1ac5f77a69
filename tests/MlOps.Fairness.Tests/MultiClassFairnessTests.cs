using System.Text.Json;
using MlOps.Data;
using MlOps.Fairness.Tests.Internals;

namespace MlOps.Fairness.Tests;

public sealed class MultiClassFairnessTests
{
    private static readonly JsonElement s_reference = Reference.Read("broaden/reports.json");
    private static readonly Groups s_groups = Groups.Of("g", s_reference.GetProperty("group").Texts());
    private static readonly MultiClassFairness s_report = MultiClassFairness.Of(
        s_reference.GetProperty("label").Texts(), s_reference.GetProperty("guess").Texts(), s_groups, favourable: ["full", "part"]);

    [Fact]
    public void Of_EveryGroupAndClass_EqualsScikitLearn()
    {
        // Oracle: References/broaden/make_reports.py (scikit-learn 1.2: accuracy, balanced accuracy, confusion matrix; rates by numpy).
        Assert.Equal(["full", "none", "part"], s_report.Classes);
        for (int g = 0; g < s_groups.Count; g++)
        {
            JsonElement expected = s_reference.GetProperty("multi").GetProperty(s_groups.Names[g]);
            ClassConfusion confusion = s_report.Confusion[g];
            Assert.Equal(expected.GetProperty("accuracy").GetDouble(), confusion.Accuracy.Value!.Value, 1e-12);
            Assert.Equal(expected.GetProperty("macro").GetDouble(), confusion.MacroAccuracy!.Value, 1e-12);
            Assert.Equal(expected.GetProperty("confusion").Ints(), confusion.Counts.Select(count => (int)count));
            foreach (ClassFairness one in s_report.ByClass)
            {
                double[] rates = expected.GetProperty(one.Class).Doubles();
                OutcomeCounts counts = one.Report.Groups[g].Counts;
                Assert.Equal(rates[0], counts.SelectionRate.Value!.Value, 1e-12);
                Assert.Equal(rates[1], counts.TruePositiveRate.Value!.Value, 1e-12);
                Assert.Equal(rates[2], counts.FalsePositiveRate.Value!.Value, 1e-12);
            }

            double[] good = expected.GetProperty("favourable").Doubles();
            Assert.Equal(good[0], s_report.Favourable!.Report.Groups[g].Counts.SelectionRate.Value!.Value, 1e-12);
            Assert.Equal(good[1], s_report.Favourable.Report.Groups[g].Counts.TruePositiveRate.Value!.Value, 1e-12);
        }
    }

    [Fact]
    public void Metrics_Parity_IsThatOfTheWorstClass()
    {
        ParityMetric parity = s_report["demographicParityDifference"];

        Assert.Equal(s_reference.GetProperty("worstParity").GetProperty("value").GetDouble(), parity.Value!.Value, 1e-12);
        Assert.Equal("class " + s_reference.GetProperty("worstParity").GetProperty("class").GetString(), parity.Note);
        Assert.Equal(s_reference.GetProperty("macroDifference").GetDouble(), s_report["macroAccuracyDifference"].Value!.Value, 1e-12);
    }

    [Fact]
    public void Of_GroupWithoutAClass_IsUndefinedNotZero()
    {
        var report = MultiClassFairness.Of(["a", "b", "a"], ["a", "b", "b"], Groups.Of("g", ["x", "x", "y"]));

        Assert.Null(report.ByClass[1].Report.Groups[1].Counts.TruePositiveRate.Value); // nobody of b in y
        Assert.Equal(0, report.Confusion[1].MacroAccuracy); // of the one class that is there
        Assert.Equal(1, report.Confusion[1]["a", "b"]);
    }

    [Fact]
    public void Of_CombinationNobodyBelongsTo_HasNoAccuracy()
    {
        var people = new Table(Column.Of("a", "x", "y"), Column.Of("b", "p", "q"));
        var report = MultiClassFairness.Of(["a", "b"], ["a", "b"], Groups.Of(people, "a", "b"));

        Assert.Null(report.Confusion[1].MacroAccuracy);
        Assert.Null(report.Confusion[1].Accuracy.Value);
        Assert.Equal("undefined for x,q, y,p", report["accuracyDifference"].Note);
    }

    [Fact]
    public void Of_TableAndCodes_GiveTheSame()
    {
        var table = new Table(Column.Of("label", "b", "a", "c"), Column.Of("guess", "a", "a", "c"), Column.Of("g", true, false, true));

        var fromTable = MultiClassFairness.Of(table, "label", "guess", ["g"]);
        var fromCodes = MultiClassFairness.Of([1, 0, 2], [0, 0, 2], ["a", "b", "c"], Groups.Of(table, "g"));

        Assert.Equal(fromTable.ToJson(), fromCodes.ToJson());
    }

    [Fact]
    public void Of_StrangePrediction_IsToldByName()
    {
        Groups groups = Groups.Of("g", ["x", "y"]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => MultiClassFairness.Of(["a", "b"], ["a", "maybe"], groups));
        Assert.Equal("predictions", error.ParamName);
        Assert.Contains("Row 1: the prediction 'maybe' is none of the classes a, b", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, MultiClassFairness.Of(["a", "b"], ["a", "maybe"], groups, classes: ["a", "b", "maybe"]).Classes.Count);
        Assert.Contains("Row 0 has no label", Assert.Throws<ArgumentException>(() => MultiClassFairness.Of([null, "b"], ["a", "b"], groups, classes: ["a", "b"])).Message, StringComparison.Ordinal);
        Assert.Contains("prediction is 7", Assert.Throws<ArgumentException>(() => MultiClassFairness.Of([0, 1], [0, 7], ["a", "b"], groups)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BadClasses_AreRefused()
    {
        Groups groups = Groups.Of("g", ["x", "y"]);
        Assert.Equal("classes", Assert.Throws<ArgumentException>(() => MultiClassFairness.Of(["a", "a"], ["a", "a"], groups)).ParamName);
        Assert.Equal("classes", Assert.Throws<ArgumentException>(() => MultiClassFairness.Of([0, 1], [0, 1], ["a", "a"], groups)).ParamName);
        Assert.Equal("favourable", Assert.Throws<ArgumentException>(() => MultiClassFairness.Of(["a", "b"], ["a", "b"], groups, ["z"])).ParamName);
        Assert.Equal("favourable", Assert.Throws<ArgumentException>(() => MultiClassFairness.Of(["a", "b"], ["a", "b"], groups, ["a", "b"])).ParamName);
        Assert.Equal("labels", Assert.Throws<ArgumentException>(() => MultiClassFairness.Of(["a", "b", "a"], ["a", "b"], groups)).ParamName);
    }

    [Fact]
    public void Chart_Report_ShowsEveryGroup() => Assert.Contains("share of the group", s_report.Chart().ToSvg(), StringComparison.Ordinal);
}
