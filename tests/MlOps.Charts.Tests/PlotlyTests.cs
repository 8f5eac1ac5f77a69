using System.Text.Json;
using static MlOps.Charts.Tests.Rendered;

namespace MlOps.Charts.Tests;

public sealed class PlotlyTests
{
    public static TheoryData<string> Kinds() => [.. Gallery.Figures.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Json_EveryKind_HasDataLayoutConfigAndClearGround(string kind)
    {
        JsonElement root = Json(Gallery.Figures[kind]);

        Assert.NotEqual(0, root.GetProperty("data").GetArrayLength());
        Assert.Equal("rgba(0,0,0,0)", root.GetProperty("layout").GetProperty("paper_bgcolor").GetString());
        Assert.True(root.GetProperty("config").GetProperty("responsive").GetBoolean());
        Assert.Equal(["data", "layout", "config"], root.EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData("line", "scatter")]
    [InlineData("scatter", "scatter")]
    [InlineData("area", "scatter")]
    [InlineData("bar", "bar")]
    [InlineData("histogram", "bar")]
    [InlineData("box", "box")]
    [InlineData("violin", "scatter")]
    [InlineData("heatmap", "heatmap")]
    [InlineData("waterfall", "waterfall")]
    [InlineData("indicator", "indicator")]
    [InlineData("table", "table")]
    [InlineData("parallel", "parcoords")]
    public void Json_Kind_HasItsPlotlyType(string kind, string type) =>
        Assert.Equal(type, Trace(Gallery.Figures[kind]).GetProperty("type").GetString());

    [Fact]
    public void Json_TitleAndSubtitle_AreObjects()
    {
        JsonElement title = Json(Chart.Line([1, 2], [1, 2]).Titled("it rises", "n = 2")).GetProperty("layout").GetProperty("title");

        Assert.Equal("<b>it rises</b>", title.GetProperty("text").GetString());
        Assert.Equal("n = 2", title.GetProperty("subtitle").GetProperty("text").GetString());
    }

    [Fact]
    public void Json_Gap_IsNull() => Assert.Equal([1, null, 3], Numbers(Trace(Chart.Line([1, 2, 3], [1, double.NaN, 3])).GetProperty("y")));

    [Fact]
    public void Json_Numbers_HaveSevenDigits()
    {
        string json = Chart.Line([1, 2, 3], [1.0 / 3, 1e-12, 123456789]).ToPlotlyJson();

        Assert.Contains("\"y\":[0.3333333,1E-12,1.234568E+08]", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_LastBitOfAValue_ChangesNothing() =>
        Assert.Equal(Chart.Line([1, 2], [0.3, 1]).ToPlotlyJson(), Chart.Line([1, 2], [0.1 + 0.2, 1]).ToPlotlyJson());

    [Fact]
    public void Json_Dates_AreIsoOnADateAxis()
    {
        Figure figure = Chart.Line([new DateTime(2024, 1, 31), new DateTime(2024, 2, 1, 12, 30, 0)], [1, 2]);

        Assert.Equal(["2024-01-31", "2024-02-01 12:30:00"], Texts(Trace(figure).GetProperty("x")));
        Assert.Equal("date", Json(figure).GetProperty("layout").GetProperty("xaxis").GetProperty("type").GetString());
    }

    [Fact]
    public void Json_CategoriesThatLookLikeNumbers_StayCategories()
    {
        JsonElement axis = Json(Chart.Line(["1", "02", "2024-01"], [1, 2, 3])).GetProperty("layout").GetProperty("xaxis");

        Assert.Equal("category", axis.GetProperty("type").GetString());
        Assert.Equal(["1", "02", "2024-01"], Texts(axis.GetProperty("categoryarray")));
    }

    [Fact]
    public void Json_Roles_FixColourDashAndMarker()
    {
        Figure figure = Chart.Line([1, 2], [1, 2], "now", Role.Current).Add(Chart.Line([1, 2], [2, 1], "then", Role.Reference)).Add(Chart.Line([1, 2], [0, 0], "bad", Role.Alarm));

        string[] looks = [.. Enumerable.Range(0, 3).Select(i => Look(Trace(figure, i)))];

        Assert.Equal(["#0072B2 solid circle", "#808080 dash circle-open", "#D55E00 dashdot diamond"], looks);
    }

    [Fact]
    public void Json_CurrentBesidePlainSeries_KeepsBlueToItself()
    {
        Figure figure = Chart.Line([1, 2], [1, 2], "plain").Add(Chart.Line([1, 2], [2, 1], "now", Role.Current));

        Assert.Equal("#E69F00", Trace(figure, 0).GetProperty("line").GetProperty("color").GetString());
        Assert.Equal("#0072B2", Trace(figure, 1).GetProperty("line").GetProperty("color").GetString());
    }

    [Fact]
    public void Json_SixSeries_DifferInColourDashAndMarker()
    {
        JsonElement data = Json(Gallery.Figures["lines"]).GetProperty("data");
        string[][] looks = [.. data.EnumerateArray().Select(t => Look(t).Split(' '))];

        Assert.All(Enumerable.Range(0, 3), part => Assert.Equal(6, looks.Select(l => l[part]).Distinct().Count()));
    }

    [Fact]
    public void Json_OneSeries_HasNoLegend_TwoHaveOne()
    {
        Assert.False(Json(Gallery.Figures["line"]).GetProperty("layout").GetProperty("showlegend").GetBoolean());
        Assert.True(Json(Gallery.Figures["lines"]).GetProperty("layout").GetProperty("showlegend").GetBoolean());
    }

    [Fact]
    public void Json_Bars_StartAtZero()
    {
        double?[] range = Numbers(Json(Chart.Bar(["a", "b"], [900, 1000])).GetProperty("layout").GetProperty("yaxis").GetProperty("range"));

        Assert.Equal(0, range[0]);
        Assert.True(range[1] >= 1000);
    }

    [Fact]
    public void Json_StackedBars_StandOnEachOther_NegativeOnesBelowZero()
    {
        JsonElement data = Json(Gallery.Figures["bars-stacked"]).GetProperty("data");

        Assert.Equal([410, 430, 460, 380], Numbers(data[1].GetProperty("base")));
        Assert.Equal([0, 0, 0, 0], Numbers(data[2].GetProperty("base")));
    }

    [Fact]
    public void Json_GroupedBars_DoNotOverlap()
    {
        JsonElement[] bars = [.. Json(Gallery.Figures["bars-grouped"]).GetProperty("data").EnumerateArray()];

        for (int i = 1; i < bars.Length; i++)
        {
            double end = bars[i - 1].GetProperty("offset").GetDouble() + bars[i - 1].GetProperty("width").GetDouble();
            Assert.Equal(end, bars[i].GetProperty("offset").GetDouble(), 6);
        }
    }

    [Fact]
    public void Json_Histogram_CarriesCountsNotTheSample()
    {
        JsonElement trace = Trace(Gallery.Figures["histogram"]);

        Assert.Equal(30, trace.GetProperty("y").GetArrayLength());
        Assert.Equal(5000, Numbers(trace.GetProperty("y")).Sum());
    }

    [Fact]
    public void Json_Box_CarriesFiveNumbersPerGroup()
    {
        JsonElement trace = Trace(Chart.Box(("a", [1, 2, 3, 4, 5])));

        Assert.Equal([2, 3, 4], new[] { "q1", "median", "q3" }.Select(p => Numbers(trace.GetProperty(p))[0]));
        Assert.Equal([1, 5], new[] { "lowerfence", "upperfence" }.Select(p => Numbers(trace.GetProperty(p))[0]));
    }

    [Fact]
    public void Json_TwoHundredThousandValues_FitOnAPage()
    {
        double[] sample = Gallery.Sample(200_000, 1, 0, 1);

        Assert.InRange(Chart.Box(("a", sample)).ToPlotlyJson().Length, 100, 20_000);
        Assert.InRange(Chart.Histogram(sample).ToPlotlyJson().Length, 100, 20_000);
        Assert.InRange(Chart.Line(sample).ToPlotlyJson().Length, 100, 200_000);
        Assert.InRange(Chart.Scatter(sample, sample).ToPlotlyJson().Length, 100, 200_000);
    }

    [Fact]
    public void Json_BigScatter_IsThinnedAndSaysSo()
    {
        Figure figure = Gallery.Figures["scatter-many"];

        Assert.Equal(5000, Trace(figure).GetProperty("x").GetArrayLength());
        Assert.Contains("5,000 of 20,000 points drawn", Json(figure).GetProperty("layout").GetProperty("title").GetProperty("subtitle").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("5,000 of 20,000 points drawn", figure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_Threshold_IsALineWithItsLabel()
    {
        JsonElement layout = Json(Chart.Line([1, 2], [0, 1]).Threshold(0.25, "limit")).GetProperty("layout");

        JsonElement shape = layout.GetProperty("shapes")[0];
        Assert.Equal((0.25, 0.25, "y", "x domain"), (shape.GetProperty("y0").GetDouble(), shape.GetProperty("y1").GetDouble(), shape.GetProperty("yref").GetString(), shape.GetProperty("xref").GetString()));
        Assert.Equal("limit", layout.GetProperty("annotations")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void Json_MarksOnALogAxis_ShapesInValuesAnnotationsInLogarithms()
    {
        // Plotly's own inconsistency: layout.shapes takes data values, layout.annotations their base-10 logarithm.
        JsonElement layout = Json(Chart.Line([1, 2], [1, 1000]).YAxis("", log: true).Threshold(100, "limit")).GetProperty("layout");

        Assert.Equal(100, layout.GetProperty("shapes")[0].GetProperty("y0").GetDouble(), 6);
        Assert.Equal(2, layout.GetProperty("annotations")[0].GetProperty("y").GetDouble(), 6);
    }

    [Fact]
    public void Json_VerticalBandOnCategories_CoversWholeCategories()
    {
        JsonElement shape = Json(Chart.Bar(["a", "b", "c"], [1, 2, 3]).VerticalBand("b", "c", "")).GetProperty("layout").GetProperty("shapes")[0];

        Assert.Equal((0.5, 2.5), (shape.GetProperty("x0").GetDouble(), shape.GetProperty("x1").GetDouble()));
    }

    [Fact]
    public void Json_Grid_PlacesEveryPlotApart()
    {
        JsonElement layout = Json(Gallery.Figures["grid"]).GetProperty("layout");
        (double?[] X, double?[] Y)[] places = [.. new[] { "", "2", "3", "4" }.Select(s =>
            (Numbers(layout.GetProperty("xaxis" + s).GetProperty("domain")), Numbers(layout.GetProperty("yaxis" + s).GetProperty("domain"))))];

        Assert.True(places[0].X[1] < places[1].X[0] && places[2].Y[1] < places[0].Y[0]);
        Assert.All(places, p => Assert.All(p.X.Concat(p.Y), v => Assert.InRange(v!.Value, -1e-6, 1.000001)));
    }

    [Fact]
    public void Json_Grid_NamesARepeatedSeriesOnce()
    {
        JsonElement[] data = [.. Json(Gallery.Figures["grid"]).GetProperty("data").EnumerateArray()];

        Assert.Single(data, t => t.GetProperty("name").GetString() == "reference" && t.GetProperty("showlegend").GetBoolean());
    }

    [Fact]
    public void Json_HostileText_CannotBecomeMarkup()
    {
        string json = Gallery.Figures["hostile"].ToPlotlyJson();

        Assert.DoesNotContain("<script", json, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", Texts(Trace(Gallery.Figures["hostile"]).GetProperty("x"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_ErrorBarsAndConfidence_AreWritten()
    {
        JsonElement bars = Trace(Chart.Bar(["a", "b"], [1, 2]).WithErrors([0.1, 0.2], [0.3, double.NaN]));
        JsonElement band = Trace(Chart.Line([1, 2, 3], [1, 2, 3]).WithConfidence([0, 1, 2], [2, 3, 4], "95 %"));

        Assert.Equal([0.3, null], Numbers(bars.GetProperty("error_y").GetProperty("array")));
        Assert.Equal([0.1, 0.2], Numbers(bars.GetProperty("error_y").GetProperty("arrayminus")));
        Assert.Equal([2, 3, 4, 2, 1, 0, null], Numbers(band.GetProperty("y")));
    }

    [Fact]
    public void Json_Twice_IsTheSameText() =>
        Assert.All(Gallery.Figures.Values, f => Assert.Equal(f.ToPlotlyJson(), (f with { }).ToPlotlyJson()));

    private static string Look(JsonElement trace)
    {
        JsonElement line = trace.GetProperty("line");
        return $"{line.GetProperty("color").GetString()} {line.GetProperty("dash").GetString()} {trace.GetProperty("marker").GetProperty("symbol").GetString()}";
    }
}
