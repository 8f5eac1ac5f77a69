using System.Text.Json;
using MlOps.Data;

namespace MlOps.Drift.Tests;

public sealed class DriftReportOutputTests
{
    private static readonly Table Reference = new(
        new Column<double>("income", Samples.Make("bell", 600, 1, 0)),
        new StringColumn("city <b>", Samples.Uniforms(600, 1).Select(u => u < 0.5 ? "A & B" : "C")));

    private static readonly Table Current = new(
        new Column<double>("income", Samples.Make("bell", 500, 2, 1)),
        new StringColumn("city <b>", Samples.Uniforms(500, 2).Select(u => u < 0.5 ? "A & B" : "C")));

    private static readonly DriftReport Report = DriftReport.Compare(Reference, Current);

    [Fact]
    public void ToJson_Report_HasTheAgreedShapeAndRoundTripsTheNumbers()
    {
        using JsonDocument json = JsonDocument.Parse(Report.ToJson());
        JsonElement root = json.RootElement;
        JsonElement income = root.GetProperty("columns")[0];
        JsonElement ks = income.GetProperty("tests")[1];

        Assert.Equal(["rows", "columns", "driftedShare", "skipped"], Names(root));
        Assert.Equal((600, 500), (root.GetProperty("rows").GetProperty("reference").GetInt32(), root.GetProperty("rows").GetProperty("current").GetInt32()));
        Assert.Equal(["column", "type", "tests", "drift", "level", "missing", "infinite", "notes"], Names(income));
        Assert.Equal("numeric", income.GetProperty("type").GetString());
        Assert.Equal("categorical", root.GetProperty("columns")[1].GetProperty("type").GetString());
        Assert.Equal(["name", "statistic", "pValue", "threshold", "drift", "effectSize", "chance"], Names(ks));
        Assert.Equal(Report["income"]["ks"].PValue, ks.GetProperty("pValue").GetDouble());
        Assert.Equal(JsonValueKind.Null, income.GetProperty("tests")[0].GetProperty("pValue").ValueKind);
        Assert.True(income.GetProperty("drift").GetBoolean());
        Assert.Equal(0.5, root.GetProperty("driftedShare").GetDouble());
    }

    [Fact]
    public void ToJson_InfiniteDistance_IsNull()
    {
        var low = new Table(Column.Of("x", -double.MaxValue, -double.MaxValue));
        var high = new Table(Column.Of("x", double.MaxValue, double.MaxValue));
        DriftReport report = DriftReport.Compare(low, high);

        using JsonDocument json = JsonDocument.Parse(report.ToJson(indented: true));

        Assert.Equal(double.PositiveInfinity, report["x"]["wasserstein"].Statistic);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("columns")[0].GetProperty("tests")[2].GetProperty("statistic").ValueKind);
    }

    [Fact]
    public void ToMimeBundle_Names_AreEncodedAndLevelsAreWords()
    {
        IReadOnlyDictionary<string, string> bundle = Report.ToMimeBundle();

        Assert.Contains("city &lt;b&gt;", bundle["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", bundle["text/html"].Replace("<b>city", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("■ significant", bundle["text/html"], StringComparison.Ordinal);
        Assert.Contains("■ significant", bundle["text/plain"], StringComparison.Ordinal);
        Assert.StartsWith("1 of 2 columns has drifted: income\n600 reference rows, 500 current rows\n", bundle["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_MissingValues_AreShownOnlyWhereThereAreSome()
    {
        var whole = new Table(Column.Of("x", 1.0, 2.0));
        var holed = new Table(Column.Of("x", 1.0, 2.0, double.NaN, double.NaN));

        Assert.DoesNotContain("missing", DriftReport.Compare(whole, whole).ToString(), StringComparison.Ordinal);
        Assert.Contains("0 % → 50 %", DriftReport.Compare(whole, holed).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Chart_Report_StatesTheFindingAndDrawsBothLimits()
    {
        string json = Report.Chart().ToPlotlyJson();

        Assert.Equal("1 of 2 columns has drifted: income", Report.Chart().Title);
        Assert.Contains("moderate: 0.1, rule of thumb", json, StringComparison.Ordinal);
        Assert.Contains("significant: 0.25, rule of thumb", json, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnChart_NumbersAndLevels_DrawReferenceBesideCurrent()
    {
        Assert.Equal("income has drifted significantly", Report.ColumnChart("income").Title);
        Assert.StartsWith("600 reference rows, 500 current rows; PSI ", Report.ColumnChart("income").Subtitle, StringComparison.Ordinal);
        string json = Report.ColumnChart("city <b>").ToPlotlyJson();
        Assert.Contains("\"reference\"", json, StringComparison.Ordinal);
        Assert.Contains("\"current\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnChart_ManyLevels_JoinsTheRarest()
    {
        var table = new Table(new StringColumn("c", Enumerable.Range(0, 200).Select(i => $"level {i % 20}")));

        string json = DriftReport.Compare(table, table).ColumnChart("c").ToPlotlyJson();

        Assert.Contains("9 other levels", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Indexers_UnknownName_ListWhatThereIs()
    {
        Assert.Contains("income, city <b>", Assert.Throws<KeyNotFoundException>(() => Report["age"]).Message, StringComparison.Ordinal);
        Assert.Contains("psi, ks", Assert.Throws<KeyNotFoundException>(() => Report["income"]["chi2"]).Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => Report.ColumnChart("age"));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);
}
