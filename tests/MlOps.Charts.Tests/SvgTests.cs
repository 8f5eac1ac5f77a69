using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static MlOps.Charts.Tests.Rendered;

namespace MlOps.Charts.Tests;

public sealed partial class SvgTests
{
    public static TheoryData<string> Kinds() => [.. Gallery.Figures.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Svg_EveryKind_IsAnAccessibleImage(string kind)
    {
        XElement svg = Image(Gallery.Figures[kind]);
        XNamespace ns = "http://www.w3.org/2000/svg";

        Assert.Equal(ns + "svg", svg.Name);
        Assert.Equal("img", (string?)svg.Attribute("role"));
        Assert.False(string.IsNullOrWhiteSpace(svg.Element(ns + "title")?.Value));
        Assert.Equal(Gallery.Figures[kind].ToString(), svg.Element(ns + "desc")?.Value);
        Assert.NotNull(svg.Attribute("viewBox"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Svg_EveryKind_HasPlainCoordinatesInsideThePicture(string kind)
    {
        XElement svg = Image(Gallery.Figures[kind]);
        double width = Number(svg, "width");
        double height = Number(svg, "height");

        foreach (XElement element in svg.Descendants())
        {
            foreach (XAttribute attribute in element.Attributes().Where(a => a.Name.LocalName is "x" or "y" or "x1" or "x2" or "y1" or "y2" or "cx" or "cy" or "width" or "height" or "d"))
            {
                Assert.Matches("^[-0-9. MLHahvVzZ]+$", attribute.Value);
                Assert.All(Digits().Matches(attribute.Value), m => Assert.True(m.Length <= 9, attribute.Value));
            }

            if (element.Attribute("x") is not null && element.Name.LocalName is "text" or "rect")
            {
                Assert.InRange(Number(element, "x"), -1, width + 1);
                Assert.InRange(Number(element, "y"), -1, height + 1);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Svg_EveryKind_IsSelfContained(string kind)
    {
        string svg = Gallery.Figures[kind].ToSvg();

        Assert.DoesNotContain("<script", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<image", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href", svg, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(svg, (Gallery.Figures[kind] with { }).ToSvg());
    }

    [Fact]
    public void Bars_OfAnyHeight_StandOnZeroAndReachTheirValue()
    {
        double[] values = [10, 25, 40, -15];
        XElement svg = Image(Chart.Bar(["a", "b", "c", "d"], values));
        Func<double, double> y = Axis(svg, "y-tick");

        XElement[] bars = OfClass(svg, "bar");

        Assert.Equal(4, bars.Length);
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(y(Math.Max(0, values[i])), Number(bars[i], "y"), 0.05);
            Assert.Equal(Math.Abs(y(values[i]) - y(0)), Number(bars[i], "height"), 0.05);
        }
    }

    [Fact]
    public void HorizontalBars_FirstIsOnTopAndLengthsAreProportional()
    {
        XElement[] bars = OfClass(Image(Chart.HorizontalBar(["a", "b"], [10, 30])), "bar");

        Assert.True(Number(bars[0], "y") < Number(bars[1], "y"));
        Assert.Equal(3, Number(bars[1], "width") / Number(bars[0], "width"), 0.001);
    }

    [Fact]
    public void StackedBars_ShareTheirEdges()
    {
        XElement[] bars = OfClass(Image(Chart.StackedBars(["a"], ("low", [2]), ("high", [3]))), "bar");

        Assert.Equal(Number(bars[0], "y"), Number(bars[1], "y") + Number(bars[1], "height"), 0.02);
        Assert.Equal(1.5, Number(bars[1], "height") / Number(bars[0], "height"), 0.01);
    }

    [Fact]
    public void GroupedBars_StandSideBySide()
    {
        XElement[] bars = OfClass(Image(Chart.GroupedBars(["a"], ("x", [2]), ("y", [3]))), "bar");

        Assert.Equal(Number(bars[0], "x") + Number(bars[0], "width"), Number(bars[1], "x"), 0.02);
    }

    [Fact]
    public void Scatter_Points_AreWhereTheAxesSay()
    {
        double[] xs = [1, 4, 9];
        double[] ys = [3, -2, 7];
        XElement svg = Image(Chart.Scatter(xs, ys));
        (Func<double, double> x, Func<double, double> y) = (Axis(svg, "x-tick"), Axis(svg, "y-tick"));

        XElement[] points = OfClass(svg, "point");

        Assert.Equal(3, points.Length);
        for (int i = 0; i < 3; i++)
        {
            // A circle's path begins at its left end, 4 pixels from the middle.
            double[] start = [.. Digits().Matches(points[i].Attribute("d")!.Value).Take(2).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
            Assert.Equal(x(xs[i]), start[0] + 4, 0.05);
            Assert.Equal(y(ys[i]), start[1], 0.05);
        }
    }

    [Fact]
    public void Line_Gap_BreaksThePathAndLeavesALonelyPointVisible()
    {
        XElement svg = Image(Chart.Line([1, 2, 3, 4, 5], [1, 2, double.NaN, 4, double.NaN], markers: false));

        string path = Assert.Single(OfClass(svg, "line")).Attribute("d")!.Value;

        Assert.Equal(2, path.Count(c => c == 'M'));
        Assert.Single(OfClass(svg, "point"));
    }

    [Fact]
    public void Histogram_Bars_AreAsHighAsTheirCounts()
    {
        XElement svg = Image(Chart.Histogram([0, 1, 1, 2, 3, 3], 3));
        Func<double, double> y = Axis(svg, "y-tick");

        Assert.Equal(new[] { 1.0, 2, 3 }.Select(c => Math.Round(y(0) - y(c), 1)), OfClass(svg, "bar").Select(b => Math.Round(Number(b, "height"), 1)));
    }

    [Fact]
    public void Box_Rectangle_SpansTheQuartiles()
    {
        XElement svg = Image(Chart.Box(("a", [0, 10, 20, 30, 40])));
        Func<double, double> y = Axis(svg, "y-tick");

        XElement box = Assert.Single(OfClass(svg, "box"));

        Assert.Equal(y(30), Number(box, "y"), 0.05);
        Assert.Equal(y(10) - y(30), Number(box, "height"), 0.05);
        Assert.Equal(y(20), Number(Assert.Single(OfClass(svg, "median")), "y1"), 0.05);
    }

    [Fact]
    public void Violin_Groups_HaveOneOutlineEach() => Assert.Equal(3, OfClass(Image(Gallery.Figures["violin"]), "violin").Length);

    [Fact]
    public void Heatmap_Cells_AreDrawnOncePerValue()
    {
        XElement svg = Image(Chart.Heatmap(["a", "b"], ["r", "s"], new[,] { { 1, double.NaN }, { 3, 4 } }));

        Assert.Equal(3, OfClass(svg, "cell").Length);
        Assert.Equal(["1", "3", "4"], OfClass(svg, "value").Select(v => v.Value));
        Assert.True(Number(OfClass(svg, "cell")[0], "y") < Number(OfClass(svg, "cell")[1], "y"), "the first row is on top");
    }

    [Fact]
    public void Waterfall_Steps_BeginWhereTheLastEnded()
    {
        XElement svg = Image(Chart.Waterfall(["a", "b"], [5, -2]));
        XElement[] bars = OfClass(svg, "bar");

        Assert.Equal(Number(bars[0], "y"), Number(bars[1], "y"), 0.02); // 5 down to 3 hangs from the top of 0 to 5
        Assert.Equal(3.0 / 5, Number(bars[2], "height") / Number(bars[0], "height"), 0.01);
        Assert.Equal(["+5", "−2", "3"], OfClass(svg, "value").Select(v => v.Value));
    }

    [Fact]
    public void Table_Cells_AreAllThere() =>
        Assert.Equal(["a", "b", "1", "2"], OfClass(Image(Chart.Table(("name", ["a", "b"]), ("n", [1, 2]))), "cell").Select(c => c.Value));

    [Fact]
    public void Parallel_Rows_AreOneLineEach_WithoutIncompleteOnes() =>
        Assert.Equal(2, OfClass(Image(Chart.ParallelCoordinates(("a", [1, 2, double.NaN]), ("b", ["x", "y", "z"]))), "row").Length);

    [Fact]
    public void Threshold_Line_LiesAtItsValueWithItsLabel()
    {
        XElement svg = Image(Chart.Line([1, 2, 3], [0, 10, 20]).Threshold(15, "limit").VerticalThreshold(2, "change"));

        XElement[] lines = OfClass(svg, "threshold");

        Assert.Equal(Axis(svg, "y-tick")(15), Number(lines[0], "y1"), 0.05);
        Assert.Equal(Axis(svg, "x-tick")(2), Number(lines[1], "x1"), 0.05);
        Assert.Superset(new HashSet<string> { "limit", "change" }, svg.Descendants().Select(e => e.Value).ToHashSet());
    }

    [Fact]
    public void Band_Rectangle_SpansItsValues()
    {
        XElement svg = Image(Chart.Line([1, 2, 3], [0, 10, 20]).Band(5, 15, "normal"));
        Func<double, double> y = Axis(svg, "y-tick");

        XElement band = Assert.Single(OfClass(svg, "band"));

        Assert.Equal(y(15), Number(band, "y"), 0.05);
        Assert.Equal(y(5) - y(15), Number(band, "height"), 0.05);
    }

    [Fact]
    public void ErrorBars_AreOnePerValue_NoneForMissingLengths()
    {
        XElement svg = Image(Chart.Bar(["a", "b", "c"], [1, 2, 3]).WithErrors([0.1, double.NaN, 0.3]));

        Assert.Equal(2, OfClass(svg, "error").Length);
    }

    [Fact]
    public void Confidence_Gap_MakesTwoBands()
    {
        XElement svg = Image(Chart.Line([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]).WithConfidence([0, 1, double.NaN, 3, 4], [2, 3, 4, 5, 6], "95 %"));

        Assert.Equal(2, OfClass(svg, "ribbon").Length);
    }

    [Fact]
    public void Legend_TwoSeries_NamesBoth_OneSeriesNone()
    {
        Assert.Equal(["approved", "defaulted"], OfClass(Image(Gallery.Figures["scatter"]), "legend").Select(l => l.Value));
        Assert.Empty(OfClass(Image(Gallery.Figures["line"]), "legend"));
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e12)]
    [InlineData(-1e300)]
    [InlineData(5e-324)]
    [InlineData(0)]
    [InlineData(42)]
    public void ConstantSeries_OfAnySize_HasAnAxisWithTwoEnds(double value)
    {
        Figure figure = Chart.Line([1, 2, 3], [value, value, value]);
        double?[] range = Numbers(Json(figure).GetProperty("layout").GetProperty("yaxis").GetProperty("range"));

        Assert.True(range[0] < range[1], $"{range[0]} to {range[1]}");
        Assert.InRange(OfClass(Image(figure), "y-tick").Select(t => t.Value).Distinct().Count(), 2, 10);
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e12)]
    public void HugeAndSmallValues_HaveReadableTicks(double size)
    {
        XElement svg = Image(Chart.Line([1, 2, 3], [size, 2 * size, 5 * size]));

        Assert.All(OfClass(svg, "y-tick"), t => Assert.True(t.Value.Length <= 9, t.Value));
        Assert.Equal(OfClass(svg, "y-tick").Length, OfClass(svg, "y-tick").Select(t => t.Value).Distinct().Count());
    }

    [Fact]
    public void SinglePoint_OfEachKind_IsDrawn()
    {
        Assert.Single(OfClass(Image(Chart.Scatter([5], [7])), "point"));
        Assert.Single(OfClass(Image(Chart.Line(["a"], [7])), "point"));
        Assert.Single(OfClass(Image(Chart.Line([new DateTime(2024, 2, 29)], [7])), "point"));
        Assert.Single(OfClass(Image(Chart.Bar(["a"], [7])), "bar"));
        Assert.Single(OfClass(Image(Chart.Box(("a", [7]))), "box"));
        Assert.Single(OfClass(Image(Chart.Violin(("a", [7]))), "violin"));
        Assert.Single(OfClass(Image(Chart.Histogram([7], 1)), "bar"));
        Assert.Single(OfClass(Image(Chart.Heatmap(["a"], ["b"], new double[,] { { 7 } })), "cell"));
    }

    [Fact]
    public void AllZeroBars_HaveNoHeight() =>
        Assert.All(OfClass(Image(Chart.Bar(["a", "b"], [0, 0])), "bar"), b => Assert.Equal(0, Number(b, "height")));

    [Fact]
    public void HundredCategories_LabelsDoNotTouch()
    {
        XElement[] labels = OfClass(Image(Gallery.Figures["hundred"]), "x-tick");

        Assert.InRange(labels.Length, 10, 40);
        Assert.All(labels.Zip(labels.Skip(1)), p => Assert.True(Number(p.Second, "x") - Number(p.First, "x") >= 19));
    }

    [Fact]
    public void LongLabels_AreShortenedOnThePicture_WholeInTheText()
    {
        string name = string.Concat(Enumerable.Repeat("very_long_feature_name_", 5));
        Figure figure = Chart.HorizontalBar([name, "b"], [1, 2]);

        Assert.EndsWith("…", OfClass(Image(figure), "y-tick")[0].Value, StringComparison.Ordinal);
        Assert.Contains(name, figure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ValuesBeyondTheAxis_StayFiniteAndAreCut()
    {
        XElement svg = Image(Chart.Line([1, 2, 3], [0, 1e9, 1]).YAxis("", min: 0, max: 1));

        Assert.DoesNotContain('E', Assert.Single(OfClass(svg, "line")).Attribute("d")!.Value);
    }

    [Fact]
    public void MarksBeyondTheAxis_AreNotDrawn()
    {
        Figure figure = Chart.Line([1, 2, 3], [0, 1, 2]).Threshold(9, "far").Band(1.5, 9, "near").Annotate(2, 8, "note").YAxis("", min: 0, max: 2);
        XElement svg = Image(figure);

        Assert.Empty(OfClass(svg, "threshold"));
        Assert.Empty(OfClass(svg, "note"));
        Assert.Equal(Axis(svg, "y-tick")(2), Number(Assert.Single(OfClass(svg, "band")), "y"), 0.05);
        Assert.Single(Json(figure).GetProperty("layout").GetProperty("shapes").EnumerateArray());
    }

    [Fact]
    public void LogAxis_NotPositive_IsAGap()
    {
        XElement svg = Image(Chart.Line([1, 2, 3, 4], [1, 0, 100, 1000]).YAxis("", log: true));

        Assert.Equal(3, OfClass(svg, "point").Length);
        Assert.Equal(["1", "10", "100", "1,000"], OfClass(svg, "y-tick").Select(t => t.Value));
    }

    [Fact]
    public void HostileText_ControlCharactersAndHalfSurrogates_AreWellFormed()
    {
        Figure figure = Chart.Bar(["a\u0000b", "\ud83d", "]]>"], [1, 2, 3]).Titled("</svg><script>alert(1)</script>\u001b", "\uffff");

        XElement svg = Image(figure);

        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName == "script");
        Assert.Contains("alert(1)", svg.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Height_Fixed_IsKept()
    {
        Figure figure = Chart.Line([1, 2], [1, 2]).Titled("x").Height(300);

        Assert.Equal(300, Number(Image(figure), "height"));
        Assert.Equal(300, Json(figure).GetProperty("layout").GetProperty("height").GetDouble());
    }

    [GeneratedRegex("-?[0-9]+(\\.[0-9]+)?")]
    private static partial Regex Digits();
}
