namespace MlOps.Data.Tests;

public class DescribeAndDisplayTests
{
    private static readonly Table Mixed = new(
        Column.Of("city & <b>", "Pune", "Delhi", null, "Delhi"),
        Column.Of("income", 1234567.5, double.NaN, 0.5, 2),
        Column.Of("age", 31, 25, 60, 44),
        Column.Of("gig", true, null, false, true),
        Column.Of("day", new DateTime(2024, 11, 1), null, new DateTime(2025, 10, 20), new DateTime(2025, 1, 1)));

    [Fact]
    public void Describe_EveryType_HasTheStatisticsThatApply()
    {
        Table summary = Mixed.Describe();

        CsvText.AssertTexts(["string", "double", "long", "bool", "DateTime"], summary.Texts("type"));
        Assert.Equal([3, 3, 4, 3, 3], summary.Numbers("count"));
        Assert.Equal([1, 1, 0, 1, 1], summary.Numbers("missing"));
        Assert.Equal([2, 3, 4, 2, 3], summary.Numbers("distinct"));
        CsvText.AssertTexts(["Delhi", null, null, null, null], summary.Texts("top"));
        Assert.Equal(2, summary.Longs("top_count")[0]);
        Assert.Equal(2.0 / 3, summary.Doubles("mean")[3]!.Value, 15);
        Assert.Equal(new DateTime(2024, 11, 1), summary.Times("earliest")[4]);
        Assert.Equal(new DateTime(2025, 10, 20), summary.Times("latest")[4]);
    }

    [Fact]
    public void Describe_OnlyNumbers_LeavesTextStatisticsOut()
    {
        Table summary = new Table(Column.Of("x", 1.0, 2.0, 4.0, 8.0)).Describe();

        Assert.False(summary.HasColumn("top"));
        Assert.False(summary.HasColumn("earliest"));
        // By hand: places 0.75, 1.5 and 2.25 of 1, 2, 4, 8.
        Assert.Equal([1.75, 3, 5], [summary.Numbers("25%")[0], summary.Numbers("50%")[0], summary.Numbers("75%")[0]]);
    }

    [Fact]
    public void Describe_EmptyAndSingle_AreMissingNotWrong()
    {
        Table summary = new Table(Column.Of("none", double.NaN), Column.Of("one", 5.0), Column.Of("text", (string?)null)).Describe();

        Assert.Equal([double.NaN, 5, double.NaN], summary.Numbers("mean"));
        Assert.False(summary.HasColumn("std")); // applies to no column: one value has no spread
        Assert.Equal(0, new Table().Describe().RowCount);
    }

    [Fact]
    public void ToString_Table_IsAligned()
    {
        const string Expected =
            "city & <b>     income   age  gig    day\n" +
            "string         double  long  bool   DateTime\n" +
            "Pune        1234567.5    31  true   2024-11-01\n" +
            "Delhi               -    25  -      -\n" +
            "-                 0.5    60  false  2025-10-20\n" +
            "Delhi             2.0    44  true   2025-01-01\n" +
            "4 rows × 5 columns, 4 missing values";
        Assert.Equal(Expected, Mixed.ToString());
    }

    [Fact]
    public void ToString_LongTable_ShowsTenRowsAndSaysSo()
    {
        string text = new Table(Column.Of("i", [.. Enumerable.Range(0, 20_000)])).ToString();

        Assert.Equal(2 + 10 + 1, text.Split('\n').Length);
        Assert.EndsWith("20,000 rows × 1 column, no missing values, first 10 rows shown", text, StringComparison.Ordinal);
        Assert.EndsWith(" 19\n20 rows × 1 column, no missing values", new Table(Column.Of("i", [.. Enumerable.Range(0, 20)])).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToMimeBundle_Column_IsShownAsATableOfOne()
    {
        Assert.Equal("   x\nlong\n   1\n   -\n2 rows × 1 column, 1 missing value", Column.Of("x", 1L, null).ToString());
        Assert.Contains("text-align:right", Column.Of("x", 1L, null).ToMimeBundle()["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_NoColumns_IsTheSummaryLine()
    {
        Assert.Equal("0 rows × 0 columns, no missing values", new Table().ToString());
    }

    [Theory]
    [InlineData(new[] { 0.1046338, 0.0849359 }, "0.104634|0.084936")]
    [InlineData(new[] { 1e-12, 1.0 }, "1E-12|1")]
    [InlineData(new[] { 1e20, 1.5 }, "1E+20|1.5")]
    [InlineData(new[] { 3.0, -12.0 }, "3|-12")]
    [InlineData(new[] { double.PositiveInfinity, 0.25 }, "Infinity|0.25")]
    public void ToString_Doubles_HaveEqualDecimals(double[] values, string expected)
    {
        string[] lines = new Table(Column.Of("x", values)).ToString().Split('\n');
        Assert.Equal(expected, string.Join('|', lines[2..^1].Select(l => l.Trim())));
    }

    [Fact]
    public void ToMimeBundle_Html_EncodesTextAndHoldsNoScript()
    {
        IReadOnlyDictionary<string, string> bundle = Mixed.ToMimeBundle();
        string html = bundle["text/html"];

        Assert.Equal(Mixed.ToString(), bundle["text/plain"]);
        Assert.Contains("city &amp; &lt;b&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Equal(4, System.Text.RegularExpressions.Regex.Count(html, "title=\"missing\">-</span>"));
        Assert.Contains("text-align:right", html, StringComparison.Ordinal);
        Assert.Contains("4 missing values", html, StringComparison.Ordinal);
    }
}
