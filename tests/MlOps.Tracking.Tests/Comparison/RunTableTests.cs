using MlOps.Data;
using MlOps.Tracking.Comparison;

namespace MlOps.Tracking.Tests.Comparison;

public sealed class RunTableTests : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void ToTable_Runs_HasMlflowsColumnNamesAndTypes()
    {
        Run one = _runs.Add("one", [("lr", "0.1"), ("model", "forest")], new Metric("acc", 0.5, 2000));
        Run two = _runs.Add("two", [("lr", "1e-3")], new Metric("acc", double.NaN, 2000), new Metric("loss", 2, 2000));
        Table table = RunTable.Of([one, two]).ToTable();
        Assert.Equal(["run_id", "name", "status", "start_time", "duration", "params.lr", "params.model", "metrics.acc", "metrics.loss"], table.Columns.Select(column => column.Name));
        Assert.Equal([0.1, 0.001], table.Numbers("params.lr"));
        Assert.Equal((string?[])["forest", null], table.Texts("params.model"));
        Assert.Equal([0.5, double.NaN], table.Numbers("metrics.acc"));
        Assert.Equal([2.5, 2.5], table.Numbers("duration")); // 1000 to 3500 milliseconds
        Assert.Equal(new DateTime(1970, 1, 1, 0, 0, 1, DateTimeKind.Utc), table.Times("start_time").Values[0]);
    }

    [Theory]
    [InlineData("007", "12")] // a code, not a quantity
    [InlineData("0.1", "auto")]
    [InlineData("NaN", "1")]
    [InlineData("1,000", "2")]
    public void ToTable_NotAllNumbers_StaysText(string first, string second)
    {
        Table table = RunTable.Of([_runs.Add("a", [("p", first)]), _runs.Add("b", [("p", second)])]).ToTable();
        Assert.Equal((string?[])[first, second], table.Texts("params.p"));
    }

    [Fact]
    public void Of_NoRuns_IsATableWithoutRows()
    {
        var none = RunTable.Of([]);
        Assert.Equal(0, none.ToTable().RowCount);
        Assert.StartsWith("0 runs", none.ToString(), StringComparison.Ordinal);
        Assert.Equal(["name", "auc"], RunTable.Of([], "name", "auc").Columns); // as after a filter that finds nothing
    }

    [Fact]
    public void Of_BareKey_IsAMetricThenAParameter()
    {
        Run run = _runs.Add("a", [("depth", "3"), ("both", "1")], new Metric("both", 2, 0));
        Assert.Equal(["name", "params.depth", "metrics.both"], RunTable.Of([run], "name", "depth", "both").Columns);
    }

    [Fact]
    public void Of_UnknownColumn_IsRefusedByName()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => RunTable.Of([_runs.Add("a")], "colour"));
        Assert.Contains("'colour'", e.Message, StringComparison.Ordinal);
        Assert.Equal("name", e.ParamName);
    }

    [Fact]
    public void ToString_MissingAndNaN_AreToldApart()
    {
        string text = RunTable.Of([_runs.Add("a", null, new Metric("acc", double.NaN, 0)), _runs.Add("b")], "name", "acc").ToString();
        Assert.Equal(["2 runs", "name  acc", "a     NaN", "b     –"], text.Split('\n'));
    }

    [Fact]
    public void ToString_300Parameters_ShowsThoseThatDifferAndSaysSo()
    {
        (string, string)[] Many(string last) => [.. Enumerable.Range(0, 300).Select(i => ($"p{i:000}", i == 299 ? last : "same"))];
        var table = RunTable.Of([_runs.Add("a", Many("1")), _runs.Add("b", Many("2"))]);
        string text = table.ToString();
        Assert.Contains("p299", text, StringComparison.Ordinal);
        Assert.Contains("not shown: 292 more columns", text, StringComparison.Ordinal);
        Assert.Equal(305, table.ToTable().Columns.Count); // 300 and the five of every run
    }

    [Fact]
    public void ToMimeBundle_HostileTexts_AreInert()
    {
        Run run = _runs.Add("<script>alert(1)</script>", [("p", "<img src=x onerror=alert(1)>")]);
        string html = RunTable.Of([run]).ToMimeBundle()["text/html"];
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }
}
