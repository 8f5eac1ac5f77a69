namespace MlOps.Charts.Tests;

public sealed class TextTests
{
    [Fact]
    public void ToMimeBundle_AnyFigure_HoldsThreeForms()
    {
        IReadOnlyDictionary<string, string> bundle = Gallery.Figures["line"].ToMimeBundle();

        Assert.Equal(["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"], bundle.Keys);
        Assert.Equal(Gallery.Figures["line"].ToString(), bundle["text/plain"]);
    }

    [Fact]
    public void Text_FewValues_ListsThem() =>
        Assert.Equal(
            "it rises [bar chart]\nn = 3\nx: purpose, a, b\ny: loans (INR), 0 to 2,500\nseries 1: a → 1,200, b → 2,500",
            Chart.Bar(["a", "b"], [1200, 2500]).Titled("it rises", "n = 3").XAxis("purpose").YAxis("loans", "INR").ToString());

    [Fact]
    public void Text_ManyValues_GivesNumberRangeAndEnds() =>
        Assert.Contains(
            "series 1: n = 10 (1 missing), min 1 at 1, max 9 at 9, first 1, last 10"[..^4],
            Chart.Line([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 2, 3, 4, 5, 6, 7, 8, 9, double.NaN]).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Text_MarksAndNotes_AreNamed()
    {
        string text = Chart.Line([1, 2], [1, 2]).Threshold(1.5, "limit").Band(1, 1.2, "fine").VerticalThreshold(2, "release").Annotate(1, 1, "start").ToString();

        Assert.Contains("line at y = 1.5: limit", text, StringComparison.Ordinal);
        Assert.Contains("band y from 1 to 1.2: fine", text, StringComparison.Ordinal);
        Assert.Contains("line at x = 2: release", text, StringComparison.Ordinal);
        Assert.Contains("note at x = 1, y = 1: start", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_Text_ReplacesTheNumbers()
    {
        string text = Chart.Line([1, 2], [1, 2]).Titled("t").Describe("It doubles.").ToString();

        Assert.Equal("t [line chart]\nIt doubles.", text);
    }

    [Fact]
    public void Text_Heatmap_ReadsRowByRow() =>
        Assert.Contains("approve: approve 812, refuse 96", Gallery.Figures["heatmap"].ToString(), StringComparison.Ordinal);

    [Fact]
    public void Text_Grid_NamesEveryFigure()
    {
        string text = Gallery.Figures["grid"].ToString();

        Assert.StartsWith("Income drifts, age does not [grid of 4 figures]", text, StringComparison.Ordinal);
        Assert.All(new[] { "  income [histogram]", "  age [histogram]", "  PSI of income [line chart]", "  PSI in month 12 [bar chart]" }, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_Indicator_SaysNowAndBefore() =>
        Assert.Contains("p99 latency: 212 ms, +32 from 180", Gallery.Figures["indicator"].ToString(), StringComparison.Ordinal);

    [Fact]
    public void Values_OfEveryNetType_AreAccepted()
    {
        double[] doubles = [1, 2];
        Values[] all =
        [
            doubles, new double?[] { 1, null }, new[] { 1f, 2f }, new[] { 1, 2 }, new[] { 1L, 2L }, new List<double> { 1, 2 }, new List<int> { 1, 2 },
            doubles.AsSpan(), (ReadOnlySpan<double>)doubles, new ReadOnlySpan<long>([1, 2]), new[] { "a", "b" }, new List<string> { "a", "b" }, new[] { DateTime.UnixEpoch, DateTime.UnixEpoch.AddDays(1) },
            new[] { new DateOnly(2024, 1, 1), new DateOnly(2024, 1, 2) }, new DateTime?[] { DateTime.UnixEpoch, null },
        ];

        Assert.All(all, x => Assert.Equal(2, x.Count));
        Assert.All(all, x => Assert.NotEmpty(Chart.Line(x, [1, 2]).ToSvg()));
    }
}
