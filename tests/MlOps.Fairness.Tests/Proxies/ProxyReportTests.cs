using System.Text.Json;
using MlOps.Data;
using MlOps.Data.Generators;
using MlOps.Fairness.Proxies;
using MlOps.Fairness.Tests.Internals;

namespace MlOps.Fairness.Tests.Proxies;

public sealed class ProxyReportTests
{
    private static readonly JsonElement s_reference = Reference.Read("broaden/proxies.json");

    private static readonly Table s_table = new(
        Column.Of("group", s_reference.GetProperty("group").Texts()),
        Column.Of("city", s_reference.GetProperty("city").Texts()),
        Column.Of("income", s_reference.GetProperty("income").Doubles()),
        Column.Of("children", s_reference.GetProperty("children").Doubles()),
        Column.Of("emi", s_reference.GetProperty("emi").Doubles()),
        Column.Of("label", s_reference.GetProperty("label").Bools()));

    private static readonly ProxyReport s_report = ProxyReport.Of(s_table, "group", label: "label");

    [Theory]
    [InlineData("city")]
    [InlineData("income")]
    [InlineData("children")]
    [InlineData("emi")]
    public void Of_EveryFeature_EqualsScikitLearnAndScipy(string name)
    {
        // Oracle: References/broaden/make_proxies.py (scikit-learn 1.2, scipy 1.10, pandas 1.5; Bergsma's and Miller's formulas written there).
        JsonElement expected = s_reference.GetProperty("expected").GetProperty(name);
        ProxyFeature feature = s_report[name];

        Assert.Equal(expected.GetProperty("levels").GetInt32(), feature.Levels);
        Assert.Equal(expected.GetProperty("mi").GetDouble(), feature.MutualInformation, 1e-12);
        Assert.Equal(expected.GetProperty("corrected").GetDouble(), feature.CorrectedMutualInformation, 1e-12);
        Assert.Equal(expected.GetProperty("normalised").GetDouble(), feature.NormalisedMutualInformation, 1e-12);
        Assert.Equal(expected.GetProperty("conditional").GetDouble(), feature.ConditionalMutualInformation!.Value, 1e-12);
        Assert.Equal(expected.GetProperty("v").GetDouble(), feature.CramersV!.Value, 1e-12);
        Assert.Equal(expected.GetProperty("bergsma").GetDouble(), feature.CorrectedCramersV!.Value, 1e-12);
        Assert.Equal(expected.GetProperty("p").GetDouble(), feature.PValue!.Value, 1e-12);
        if (expected.TryGetProperty("eta", out JsonElement eta))
        {
            Assert.Equal(eta.GetDouble(), feature.CorrelationRatio!.Value, 1e-12);
        }
        else
        {
            Assert.Null(feature.CorrelationRatio);
        }
    }

    [Fact]
    public void Of_LoanApplications_CatchesThePinCluster()
    {
        // Oracle: the data set's README: seven of ten of one community live in clusters F to H; nothing else but income differs, by 12 %.
        Table loans = LoanApplications.Generate(3000, options: new LoanApplicationsOptions { IncludeCommunity = true });

        var report = ProxyReport.Of(loans, "community", label: "default");

        Assert.Equal("pin_cluster", report.Features[0].Feature);
        Assert.True(report.Features[0].Level >= ProxyLevel.Moderate, report.ToString());
        Assert.True(report.Features[0].Auc > report.Features[1].Auc + 0.1);
        Assert.Equal("application_id", Assert.Single(report.Skipped).Feature);
        Assert.Contains("identifier", report.Skipped[0].Reason, StringComparison.Ordinal);
        Assert.Contains("'pin_cluster' gives 'community' away", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FeatureThatRepeatsTheColumn_IsAPerfectProxy()
    {
        string[] a = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? "a" : "b")];
        var table = new Table(Column.Of("a", a), Column.Of("copy", a));

        ProxyFeature copy = ProxyReport.Of(table, "a")["copy"];

        Assert.Equal(1, copy.NormalisedMutualInformation, 1e-12);
        Assert.Equal(1, copy.CramersV!.Value, 1e-12);
        Assert.Equal(1, copy.Auc!.Value, 1e-12);
        Assert.Equal(ProxyLevel.Strong, copy.Level);
    }

    [Fact]
    public void Of_NumberThatIsNotMonotone_IsSeen()
    {
        double[] x = [.. Enumerable.Range(0, 300).Select(i => (i - 150) / 50.0)];
        var table = new Table(Column.Of("x", x), Column.Of("a", Array.ConvertAll(x, v => Math.Abs(v) > 1.5)));

        Assert.True(ProxyReport.Of(table, "a")["x"].Auc > 0.9);
    }

    [Fact]
    public void Of_ConstantFeature_TellsNothing()
    {
        var table = new Table(Column.Of("flat", [.. Enumerable.Repeat(1.0, 40)]), Column.Of("a", [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0)]));

        var report = ProxyReport.Of(table, "a");

        ProxyFeature flat = report["flat"];
        Assert.Equal(0, flat.MutualInformation);
        Assert.Null(flat.CramersV);
        Assert.Null(flat.CorrectedCramersV);
        Assert.Null(flat.PValue);
        Assert.Null(flat.CorrelationRatio);
        Assert.Equal(0.5, flat.Auc);
        Assert.Equal(0.5, report.Auc);
        Assert.Equal(ProxyLevel.None, flat.Level);
        Assert.Contains("constant", flat.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_GroupSmallerThanTheFolds_HasNoAuc()
    {
        string[] a = [.. Enumerable.Range(0, 43).Select(i => i < 20 ? "x" : i < 40 ? "y" : "z")];
        var report = ProxyReport.Of(new Table(Column.Of("a", a), Column.Of("n", [.. Enumerable.Range(0, 43).Select(i => (double)i)])), "a");

        Assert.Null(report["n"].AucByGroup[2].Value);
        Assert.NotNull(report["n"].Auc);
    }

    [Fact]
    public void Of_MissingSensitiveValues_AreLeftOutAndCounted()
    {
        string?[] a = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? "x" : i % 3 == 1 ? "y" : null)];
        string[] x = [.. Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? "p" : "q")];
        var table = new Table(Column.Of("a", a), Column.Of("x", x));
        var present = new Table(Column.Of("a", a.OfType<string>().ToArray()), Column.Of("x", x.Where((_, i) => a[i] is not null).ToArray()));

        var report = ProxyReport.Of(table, "a");

        Assert.Equal(20, report.MissingCount);
        Assert.Equal(40, report.RowCount);
        Assert.Equal(ProxyReport.Of(present, "a")["x"] with { AucByGroup = [] }, report["x"] with { AucByGroup = [] });
    }

    [Fact]
    public void Of_MoreRowsThanTheModelMaySee_SamplesAndSaysSo()
    {
        var report = ProxyReport.Of(s_table, "group", options: new ProxyOptions { MaxModelRows = 200 });

        Assert.Equal(200, report.ModelRows);
        Assert.Contains("AUC on a sample of 200", report.ToString(), StringComparison.Ordinal);
        Assert.Equal(s_report["city"].MutualInformation, report["city"].MutualInformation);
    }

    [Fact]
    public void Of_ManyValues_JoinsTheRarest()
    {
        string[] city = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? "big" : $"c{i % 20:00}")];
        var table = new Table(Column.Of("a", [.. Enumerable.Range(0, 400).Select(i => i % 3 == 0)]), Column.Of("city", city));

        ProxyFeature feature = ProxyReport.Of(table, "a", options: new ProxyOptions { MaxLevels = 4 })["city"];

        Assert.Equal(4, feature.Levels);
        Assert.Equal("the 8 rarest of 11 values are joined", feature.Note);
    }

    [Fact]
    public void Of_SameSeed_GivesTheSameBytes() =>
        Assert.Equal(s_report.ToJson(), ProxyReport.Of(s_table, "group", label: "label").ToJson());

    [Fact]
    public void Of_BadInput_IsRefusedByName()
    {
        var one = new Table(Column.Of("a", "x", "x"), Column.Of("f", 1.0, 2.0));
        Assert.Equal("sensitive", Assert.Throws<ArgumentException>(() => ProxyReport.Of(one, "a")).ParamName);
        Assert.Throws<KeyNotFoundException>(() => ProxyReport.Of(s_table, "nobody"));
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => ProxyReport.Of(s_table, "group", ["group"])).ParamName);
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => ProxyReport.Of(s_table, "group", ["city", "city"])).ParamName);
        Assert.Equal("features", Assert.Throws<ArgumentException>(() => ProxyReport.Of(s_table, "group", [])).ParamName);
        Assert.Equal("label", Assert.Throws<ArgumentException>(() => ProxyReport.Of(s_table, "group", label: "group")).ParamName);
        var infinite = new Table(Column.Of("a", "x", "y"), Column.Of("f", 1.0, double.PositiveInfinity));
        Assert.Contains("'f' is infinite in row 1", Assert.Throws<ArgumentException>(() => ProxyReport.Of(infinite, "a")).Message, StringComparison.Ordinal);
        string[] names = [.. Enumerable.Range(0, 30).Select(i => $"n{i}")];
        var onlyIds = new Table(Column.Of("a", [.. names.Select((_, i) => i % 2 == 0)]), Column.Of("id", names));
        Assert.Contains("id: 30 distinct texts", Assert.Throws<ArgumentException>(() => ProxyReport.Of(onlyIds, "a")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ProxyReport.Of(s_table, "group", options: new ProxyOptions { WeakAuc = 0.9 }));
    }

    [Fact]
    public void ToJson_Report_ReadsBack()
    {
        JsonElement json = JsonDocument.Parse(s_report.ToJson()).RootElement;

        Assert.Equal(400, json.GetProperty("rows").GetInt32());
        Assert.Equal(s_report.Auc, json.GetProperty("together").GetProperty("auc").GetDouble());
        Assert.Equal(s_report.Features[0].Feature, json.GetProperty("features")[0].GetProperty("feature").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("features").EnumerateArray().First(f => f.GetProperty("feature").GetString() == "city").GetProperty("correlationRatio").ValueKind);
    }

    [Fact]
    public void Chart_Report_HasABarForEachFeatureAndAllTogether() => Assert.Contains("all together", s_report.Chart().ToString(), StringComparison.Ordinal);
}
