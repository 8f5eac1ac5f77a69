using System.Text.Json;
using MlOps.Data;

namespace MlOps.Fairness.Tests.Measure;

public sealed class FairnessReportTests
{
    /// <summary>100 applicants a group: 72, 54 and 48 of them selected.</summary>
    private static readonly FairnessReport s_shortlist = Of(("General", 60, 12, 20, 8), ("OBC", 40, 14, 30, 16), ("SC", 38, 10, 32, 20));

    [Fact]
    public void Of_ThreeCastes_ByHand()
    {
        Assert.Equal([0.72, 0.54, 0.48], s_shortlist.Groups.Select(group => group.Counts.SelectionRate.Value!.Value));
        Assert.Equal(0.24, s_shortlist["demographicParityDifference"].Value!.Value, 1e-15);
        Assert.Equal(0.48 / 0.72, s_shortlist["demographicParityRatio"].Value);
        Assert.Equal(["OBC", "SC"], s_shortlist.FourFifths.Below.Select(ratio => ratio.Group)); // 0.75 and 0.67
        Assert.Equal("General", s_shortlist.FourFifths.MostSelected);
        Assert.Equal(0.51 / 0.72, s_shortlist["disparateImpact"].Value!.Value, 1e-15); // 102 of 200 against 72 of 100
        Assert.Equal(-0.24, s_shortlist.AgainstReference[1]["statisticalParityDifference"].Value!.Value, 1e-15);
        Assert.Equal((10.0 / 42) - (12.0 / 32), s_shortlist.AgainstReference[1]["falsePositiveRateDifference"].Value!.Value, 1e-15);
    }

    [Fact]
    public void Of_GroupWithoutPositives_IsNamedAndEqualizedOddsNeedsBothHalves()
    {
        FairnessReport report = Of(("a", 5, 2, 3, 0), ("b", 0, 1, 4, 0));

        ParityMetric opportunity = report["equalOpportunityDifference"];
        Assert.Null(opportunity.Value);
        Assert.Contains("b (no positives)", opportunity.Note!, StringComparison.Ordinal);
        Assert.NotNull(report["falsePositiveRateDifference"].Value);
        Assert.Null(report["equalizedOddsDifference"].Value); // AIF360 returns the other half here
        Assert.Contains("true positive rate", report["equalizedOddsDifference"].Note!, StringComparison.Ordinal);
        Assert.Equal("no positives", report.Groups[1].Undefined["truePositiveRate"]);
    }

    [Fact]
    public void Of_ThirdGroupUndefined_ComparesTheOthers()
    {
        FairnessReport report = Of(("a", 5, 2, 3, 5), ("b", 0, 1, 4, 0), ("c", 8, 1, 1, 2));

        Assert.Equal(0.3, report["equalOpportunityDifference"].Value!.Value, 1e-15);
        Assert.Equal("without b (no positives)", report["equalOpportunityDifference"].Note);
    }

    [Fact]
    public void Of_NobodySelected_RatioIsUndefinedWithAReason()
    {
        FairnessReport report = Of(("a", 0, 0, 5, 2), ("b", 0, 0, 3, 1));

        Assert.Equal(0, report["demographicParityDifference"].Value);
        Assert.Null(report["demographicParityRatio"].Value);
        Assert.Equal("undefined: the rate is 0 in every group", report["demographicParityRatio"].Note);
        Assert.Null(report.FourFifths.MostSelected);
        Assert.NotNull(report.RatesChart());
    }

    [Fact]
    public void Of_OneGroup_ComparesNothing()
    {
        FairnessReport report = Of(("a", 3, 1, 5, 2));

        Assert.Null(report["demographicParityRatio"].Value);
        Assert.Equal("undefined: a comparison needs two groups", report["demographicParityRatio"].Note);
        Assert.Null(report["disparateImpact"].Value);
    }

    [Fact]
    public void Of_CombinationNobodyBelongsTo_IsThereAndLeftOut()
    {
        var table = new Table(
            Column.Of("y", 1L, 0L, 1L), Column.Of("p", 1L, 1L, 0L), Column.Of("g", "f", "f", "m"), Column.Of("c", "SC", "OBC", "SC"));
        var report = FairnessReport.Of(table, "y", "p", ["g", "c"]);

        Assert.Equal(["f,OBC", "f,SC", "m,OBC", "m,SC"], report.Groups.Select(group => group.Group));
        Assert.Equal(0, report.Groups[2].Counts.Total);
        Assert.Null(report.Groups[2].Counts.SelectionRate.Value);
        Assert.Equal("without m,OBC (no rows)", report["demographicParityDifference"].Note);
        Assert.Equal(["g", "c"], report.ByColumn.Keys);
        Assert.Contains("m,OBC: nobody belongs to this group", report.Warnings);
    }

    [Fact]
    public void Of_MissingCaste_StillCountsForGenderAlone()
    {
        var table = new Table(
            Column.Of("y", 1L, 0L, 1L), Column.Of("p", 1L, 1L, 0L), Column.Of("g", "f", "f", "m"), Column.Of("c", "SC", null, "SC"));
        var report = FairnessReport.Of(table, "y", "p", ["g", "c"]);

        Assert.Equal(1, report.WithoutGroup);
        Assert.Equal(3, report.Overall.Total);
        Assert.Equal(2, report.ByColumn["g"].Groups[0].Counts.Total);
        Assert.Equal(FairnessReport.Of(table, "y", "p", ["g"]).ToJson(), report.ByColumn["g"].ToJson());
    }

    [Fact]
    public void Of_MissingLabelOrPrediction_LeavesOutAndCounts()
    {
        var table = new Table(Column.Of("y", (long?)1L, null, 0L, 1L), Column.Of("p", (bool?)true, true, null, false), Column.Of("g", "a", "a", "b", "b"));
        var report = FairnessReport.Of(table, "y", "p", ["g"]);

        Assert.Equal(2, report.LeftOut);
        Assert.Equal(2, report.Overall.Total);
        Assert.Contains("2 rows without label or prediction were left out", report.Warnings);
    }

    [Fact]
    public void Of_ThirdClassFarDown_NamesValueAndRow()
    {
        var labels = Enumerable.Range(0, 100_000).Select(i => i == 70_001 ? 2L : i % 2).ToArray();
        var table = new Table(Column.Of("y", labels), Column.Of("p", [.. labels.Select(y => y % 2)]), Column.Of("g", labels));
        ArgumentException error = Assert.Throws<ArgumentException>(() => FairnessReport.Of(table, "y", "p", ["g"]));

        Assert.Contains("'y' has '2' in row 70001", error.Message, StringComparison.Ordinal);
        Assert.Contains("MultiClassFairness", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yes", "no", "maybe")]
    [InlineData("1", "0", "true")]
    public void Of_ThirdClassInTheOtherColumn_Throws(string one, string two, string third)
    {
        var table = new Table(Column.Of("y", one, two, one), Column.Of("p", one, third, two), Column.Of("g", "a", "b", "a"));

        Assert.Contains($"'p' has '{third}' in row 1", Assert.Throws<ArgumentException>(() => FairnessReport.Of(table, "y", "p", ["g"], one)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_PositiveThatOccursNowhere_ListsTheClasses()
    {
        var table = new Table(Column.Of("y", "yes", "no"), Column.Of("p", "yes", "no"), Column.Of("g", "a", "b"));
        ArgumentException error = Assert.Throws<ArgumentException>(() => FairnessReport.Of(table, "y", "p", ["g"], "ja"));

        Assert.Equal("positive", error.ParamName);
        Assert.Contains("the classes there are: no, yes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ScoresInsteadOfDecisions_SaysThreshold()
    {
        var table = new Table(Column.Of("y", 1L, 0L), Column.Of("p", 0.7, 0.2), Column.Of("g", "a", "b"));

        Assert.Contains("threshold", Assert.Throws<ArgumentException>(() => FairnessReport.Of(table, "y", "p", ["g"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ScoreOutsideTheUnitInterval_NamesTheRow()
    {
        var table = new Table(Column.Of("y", 1L, 0L), Column.Of("p", 1L, 0L), Column.Of("g", "a", "b"), Column.Of("s", 0.5, 1.5));

        Assert.Contains("row 1 has 1.5", Assert.Throws<ArgumentException>(() => FairnessReport.Of(table, "y", "p", ["g"], score: "s")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BadArguments_AreTold()
    {
        var groups = Groups.Of("g", ["a", "b"]);

        Assert.Throws<ArgumentException>(() => FairnessReport.Of([true], [true, false], groups));
        Assert.Throws<ArgumentException>(() => FairnessReport.Of([true, false], [true, false], [0.5], groups));
        Assert.Contains("there are: a; b", Assert.Throws<ArgumentException>(() => FairnessReport.Of([true, false], [true, false], groups, new FairnessOptions { Reference = "c" })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => FairnessReport.Of([true, false], [true, false], groups, new FairnessOptions { Confidence = 1 }));
        Assert.Throws<KeyNotFoundException>(() => s_shortlist["parity"]);
        Assert.Throws<ArgumentException>(() => s_shortlist.Compare(["SC"], ["SC"]));
        Assert.Throws<ArgumentException>(() => s_shortlist.Compare(["ST"], ["SC"]));
        Assert.Throws<InvalidOperationException>(() => s_shortlist.CalibrationChart());
    }

    [Fact]
    public void Of_SmallAndSuppressedGroups_AreNamedWithIntervals()
    {
        FairnessReport report = Of(new FairnessOptions { MinimumGroup = 5 }, ("a", 40, 10, 40, 10), ("b", 8, 4, 2, 6), ("c", 1, 0, 1, 0));

        Assert.True(report.Groups[1].IsSmall);
        Assert.Contains(report.Warnings, warning => warning.StartsWith("b: only 20 rows; its selection rate may be anything in [0.387, 0.781]", StringComparison.Ordinal)); // Wilson of 12 of 20, by hand
        Assert.True(report.Groups[2].IsSuppressed);
        Assert.Equal(0.1, report["demographicParityDifference"].Value!.Value, 1e-15); // a 0.5, b 0.6; c is left out
        Assert.DoesNotContain(report.FourFifths.Ratios, ratio => ratio.Group == "c");
    }

    [Fact]
    public void Compare_JoinedGroups_AddsTheirCounts()
    {
        ReferenceComparison comparison = s_shortlist.Compare(["OBC", "SC"], ["General"]);

        Assert.Equal("OBC + SC", comparison.Group);
        Assert.Equal(s_shortlist["disparateImpact"].Value, comparison["disparateImpact"].Value);
    }

    [Fact]
    public void GeneralizedEntropyIndex_AlphaZero_IsThePapersForm()
    {
        var counts = new OutcomeCounts(2, 2, 0, 0); // benefits 1, 1, 2, 2: the mean is 1.5
        Assert.Equal(-(Math.Log(1 / 1.5) + Math.Log(2 / 1.5)) / 2, counts.GeneralizedEntropyIndex(0)!.Value, 1e-15);
        Assert.Equal(double.PositiveInfinity, new OutcomeCounts(2, 2, 0, 1).GeneralizedEntropyIndex(0));
        Assert.Null(new OutcomeCounts(0, 0, 0, 3).TheilIndex);
        Assert.Null(new OutcomeCounts(0, 0, 0, 0).TheilIndex);
    }

    [Fact]
    public void Wilson_NoneAndAll_TouchTheEnds()
    {
        Assert.Null(new Rate(0, 0).Wilson());
        Assert.Equal(0, new Rate(0, 10).Wilson()!.Value.Low);
        Assert.Equal(1, new Rate(10, 10).Wilson()!.Value.High);
        Assert.Equal(0.27753, new Rate(0, 10).Wilson()!.Value.High, 1e-5); // z² / (n + z²)
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rate(1, 2).Wilson(1));
    }

    [Fact]
    public void ToJson_FollowsTheContract()
    {
        using var json = JsonDocument.Parse(Of(("a", 5, 2, 3, 0), ("b", 0, 1, 4, 0)).ToJson());
        JsonElement root = json.RootElement;
        JsonElement group = root.GetProperty("groups")[1];

        Assert.Equal(
            ["group", "count", "selectionRate", "truePositiveRate", "falsePositiveRate", "positivePredictiveValue", "accuracy"],
            group.EnumerateObject().Take(7).Select(field => field.Name));
        Assert.Equal(JsonValueKind.Null, group.GetProperty("truePositiveRate").ValueKind);
        Assert.Equal(0.2, group.GetProperty("selectionRate").GetDouble());
        Assert.Equal(
            ["demographicParityDifference", "demographicParityRatio", "equalOpportunityDifference", "equalizedOddsDifference", "predictiveParityDifference"],
            root.GetProperty("metrics").EnumerateObject().Take(5).Select(field => field.Name));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("metrics").GetProperty("equalOpportunityDifference").ValueKind);
        Assert.Contains("no positives", root.GetProperty("notes").GetProperty("equalOpportunityDifference").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_TextAndHtml_NameTheFindingAndEscape()
    {
        FairnessReport report = Of(("<a>", 50, 2, 30, 10), ("b", 10, 4, 40, 40));

        Assert.StartsWith("b is selected 0.26 times as often as <a>, below four fifths", report.ToString(), StringComparison.Ordinal); // (14/94) / (52/92) = 0.2635
        Assert.Contains(FourFifthsRule.Caveat, report.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<a>", report.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("<svg", report.ToHtml(), StringComparison.Ordinal);
        Assert.Equal(report.ToString(), report.ToMimeBundle()["text/plain"]);
    }

    /// <summary>The report on counts: group, TP, FP, TN, FN.</summary>
    internal static FairnessReport Of(params (string Group, int TP, int FP, int TN, int FN)[] groups) => Of(null, groups);

    internal static FairnessReport Of(FairnessOptions? options, params (string Group, int TP, int FP, int TN, int FN)[] groups)
    {
        var rows = groups.SelectMany(g => new (bool Label, bool Prediction, int Times)[] { (true, true, g.TP), (false, true, g.FP), (false, false, g.TN), (true, false, g.FN) }
            .SelectMany(cell => Enumerable.Repeat((g.Group, cell.Label, cell.Prediction), cell.Times))).ToArray();
        return FairnessReport.Of([.. rows.Select(row => row.Label)], [.. rows.Select(row => row.Prediction)], Groups.Of("group", rows.Select(row => row.Group)), options);
    }
}
