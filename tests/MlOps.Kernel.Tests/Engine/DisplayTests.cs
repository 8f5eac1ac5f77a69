using MlOps.Kernel.Display;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

/// <summary>How values look.</summary>
public sealed class DisplayTests
{
    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("'c'", "c")]
    [InlineData("true", "True")]
    [InlineData("12.50m", "12.50")]
    [InlineData("DayOfWeek.Friday", "Friday")]
    [InlineData("\"a<b\"", "a<b")]
    [InlineData("(string)null", "null")]
    [InlineData("(int?)null", "null")]
    [InlineData("default(object)", "null")]
    [InlineData("x = 3", "3")]
    public async Task Run_LastExpressionIsScalarOrNull_ShowsPlainTextOnly(string code, string expected)
    {
        using var session = new Session();
        await session.Run("var x = 1;");

        RanCell cell = await session.Run(code);

        KeyValuePair<string, string> only = Assert.Single(Assert.IsType<ResultOutput>(Assert.Single(cell.Outputs)).Bundle);
        Assert.Equal(KeyValuePair.Create("text/plain", expected), only);
    }

    [Theory]
    [InlineData("Math.Abs(-1);")]
    [InlineData("var y = 5;")]
    [InlineData("Thread.Sleep(0)")]
    [InlineData("await Task.CompletedTask")]
    [InlineData("void F() { }\nF()")]
    [InlineData("int x = 1; x++;")]
    public async Task Run_NoLastExpressionOrVoid_ShowsNothing(string code)
    {
        using var session = new Session();

        RanCell cell = await session.Run(code);

        Assert.Equal(CellStatus.Ok, cell.Status);
        Assert.Empty(cell.Outputs);
    }

    [Theory]
    [InlineData("new[] { new P(\"a\", 1), new P(\"b\", 2) }", "<table>")]
    [InlineData("new P(\"a\", 1)", "class=\"dni-treeview\"")]
    [InlineData("new Dictionary<string, int> { [\"k\"] = 1 }", "<table>")]
    [InlineData("HTML(\"<b>bold</b>\")", "<b>bold</b>")]
    public async Task Run_LastExpressionIsObject_ShowsHtmlAndText(string code, string expectedHtml)
    {
        using var session = new Session();
        await session.Run("record P(string Name, int Age);");

        ResultOutput first = Assert.IsType<ResultOutput>((await session.Run(code)).Outputs[^1]);
        ResultOutput second = Assert.IsType<ResultOutput>((await session.Run(code)).Outputs[^1]);

        Assert.Contains(expectedHtml, first.Bundle["text/html"], StringComparison.Ordinal);
        Assert.NotEmpty(first.Bundle["text/plain"]);
        Assert.Equal(first.Bundle, second.Bundle); // equal values, equal bytes
    }

    [Fact]
    public async Task Run_SequenceOfFlatRecords_IsOneTableWithAColumnAProperty()
    {
        using var session = new Session();
        await session.Run("int runs = 0;");

        RanCell cell = await session.Run("new[] { 50, 1000 }.Select(n => new { Rows = n, Ratio = 1.5 * ++runs, Note = n > 99 ? null : \"a<b\" })");

        IReadOnlyDictionary<string, string> bundle = Assert.IsType<ResultOutput>(Assert.Single(cell.Outputs)).Bundle;
        Assert.Equal("Rows  Ratio  Note\n50    1.5    a<b\n1000  3      -", bundle["text/plain"]); // 3, not 6: run through once
        Assert.Contains("<th><span>Ratio</span></th>", bundle["text/html"], StringComparison.Ordinal);
        Assert.Contains("a&lt;b", bundle["text/html"], StringComparison.Ordinal);
        Assert.DoesNotContain("<details", bundle["text/html"], StringComparison.Ordinal);
        Assert.Equal(3, bundle["text/html"].Split("<tr>").Length - 1);
    }

    [Fact]
    public async Task Run_LongSequenceOfFlatRecords_ShowsTheFirstRowsAndSaysSo()
    {
        using var session = new Session();

        RanCell cell = await session.Run("Enumerable.Range(0, int.MaxValue).Select(n => new { n, Square = (long)n * n })");

        IReadOnlyDictionary<string, string> bundle = Assert.IsType<ResultOutput>(Assert.Single(cell.Outputs)).Bundle;
        Assert.EndsWith("49  2401\nThe first 50 rows are shown.", bundle["text/plain"], StringComparison.Ordinal);
        Assert.Contains("The first 50 rows are shown.", bundle["text/html"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new[] { new { Name = \"a\", Parts = new[] { 1, 2 } } }")] // a property that fits into no cell
    [InlineData("new[] { new { Name = \"a\" }, null }")]
    [InlineData("new[] { new { Name = \"a\" } }.Take(0)")]
    public async Task Run_OtherSequences_AreLeftToTheFormatter(string code)
    {
        using var session = new Session();

        RanCell cell = await session.Run(code);

        Assert.DoesNotContain("<th><span>Name</span></th>", Assert.IsType<ResultOutput>(Assert.Single(cell.Outputs)).Bundle["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TypeWithMimeBundle_ShowsAllOfItAndPlainText()
    {
        using var session = new Session();

        RanCell cell = await session.RunAll(
            "class Chart { public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string> { [\"application/vnd.x+json\"] = \"{}\", [\"text/html\"] = \"<p>c</p>\" }; public override string ToString() => \"a chart\"; }",
            "new Chart()");

        IReadOnlyDictionary<string, string> bundle = Assert.IsType<ResultOutput>(Assert.Single(cell.Outputs)).Bundle;
        Assert.Equal("{}", bundle["application/vnd.x+json"]);
        Assert.Equal("<p>c</p>", bundle["text/html"]);
        Assert.Equal("a chart", bundle["text/plain"]);
    }

    [Fact]
    public async Task Run_RegisteredFormatter_IsUsed()
    {
        using var session = new Session();

        RanCell cell = await session.RunAll("record Km(double V);", "Formatter.Register<Km>(km => $\"<i>{km.V} km</i>\", \"text/html\");", "new Km(3)");

        Assert.Equal("<i>3 km</i>", Assert.IsType<ResultOutput>(Assert.Single(cell.Outputs)).Bundle["text/html"]);
    }

    [Theory]
    [InlineData("display(\"<b>x</b>\", \"text/html\")", "text/html", "<b>x</b>", "x")]
    [InlineData("display(\"# t\", \"text/markdown\")", "text/markdown", "# t", "# t")]
    [InlineData("Markdown(\"# t\")", "text/markdown", "# t", "# t")]
    [InlineData("display(new { A = 1 }, \"application/json\")", "application/json", "{\"A\":1}", null)]
    [InlineData("\"<b>x</b>\".Display(\"text/html\")", "text/html", "<b>x</b>", "x")]
    [InlineData("HTML(\"<td>1 &lt; 2</td>\").Display()", "text/html", "<td>1 &lt; 2</td>", "1 < 2")]
    public async Task Display_WithMimeType_ShowsThatAndText(string code, string mimeType, string expected, string? plain)
    {
        using var session = new Session();

        RanCell cell = await session.Run(code); // the handle that ends the cell is not shown a second time

        DisplayOutput display = Assert.IsType<DisplayOutput>(Assert.Single(cell.Outputs));
        Assert.Equal(expected, display.Bundle[mimeType]);
        Assert.Equal(plain ?? display.Bundle["text/plain"], display.Bundle["text/plain"]);
    }

    [Fact]
    public async Task Update_FromALaterCell_ReplacesTheSameDisplay()
    {
        using var session = new Session();

        RanCell first = await session.Run("var d = display(1);");
        RanCell second = await session.Run("d.Update(2);");

        DisplayOutput shown = Assert.IsType<DisplayOutput>(Assert.Single(first.Outputs));
        DisplayOutput updated = Assert.IsType<DisplayOutput>(Assert.Single(second.Outputs));
        Assert.Equal(shown.DisplayId, updated.DisplayId);
        Assert.True(updated.IsUpdate && !shown.IsUpdate);
        Assert.Equal("2", updated.Bundle["text/plain"]);
    }

    [Fact]
    public void Display_OutsideACell_SaysSo() =>
        Assert.Contains("no cell is running", Assert.Throws<InvalidOperationException>(() => DisplayFunctions.display(1)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Progress_ManyReports_ShowsFirstAndLastState()
    {
        using var session = new Session();

        RanCell cell = await session.Run("IProgress<double> bar = Progress(\"Training <1>\", 400);\nfor (int i = 0; i <= 300; i++) bar.Report(i);");

        DisplayOutput[] displays = [.. cell.Outputs.OfType<DisplayOutput>()];
        Assert.Single(displays.Select(display => display.DisplayId).Distinct());
        Assert.Contains("0 % (0 of 400)", displays[0].Bundle["text/plain"], StringComparison.Ordinal);
        Assert.Equal("Training <1> ███████████████░░░░░ 75 % (300 of 400)", displays[^1].Bundle["text/plain"]);
        Assert.Contains("Training &lt;1&gt;", displays[^1].Bundle["text/html"], StringComparison.Ordinal);
        Assert.True(displays.Length < 50, "updates are rate-limited");
    }

    [Theory]
    [InlineData("bar.Advance(); bar.Advance();", "100 % (2 of 2)")]
    [InlineData("bar.Report(7);", "100 % (2 of 2)")]
    [InlineData("bar.Report(1); bar.Report(double.NaN);", "50 % (1 of 2)")]
    [InlineData("bar.Report(1); throw new Exception();", "50 % (1 of 2)")]
    [InlineData("bar.Report(-1);", "0 % (0 of 2)")]
    public async Task Progress_Ends_ShowsWhereItCame(string code, string expected)
    {
        using var session = new Session();

        RanCell cell = await session.Run("using var bar = Progress(\"p\", 2); " + code);

        Assert.EndsWith(expected, cell.Outputs.OfType<DisplayOutput>().Last().Bundle["text/plain"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<style>b{}</style><p>a <b>b</b></p><p>c&amp;d</p>", "a b\nc&d")]
    [InlineData("<table><tr><td>1</td><td>2</td></tr></table>", "1 2")]
    [InlineData("plain", "plain")]
    [InlineData("<script>x</script>", "")]
    public void HtmlWords_Fragment_KeepsTheWords(string html, string expected) => Assert.Equal(expected, HtmlWords.Of(html));
}
