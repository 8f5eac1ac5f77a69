namespace MlOps.Charts.Tests;

public sealed class InputTests
{
    private static readonly double[] None = [];

    [Fact]
    public void Sized_Values_MakeTheAreaOfTheMarker()
    {
        string svg = Chart.Scatter([1, 2], [3, 4]).Sized([1, 4], "MB").ToSvg();
        Assert.Contains("area by MB, 1 to 4", Chart.Scatter([1, 2], [3, 4]).Sized([1, 4], "MB").ToString(), StringComparison.Ordinal);
        Assert.Contains("a22 22 0 1 0", svg, StringComparison.Ordinal); // the largest has a diameter of 44
        Assert.Contains("a11 11 0 1 0", svg, StringComparison.Ordinal); // a quarter of its area
        Assert.Equal("values", Assert.Throws<ArgumentException>(() => Chart.Scatter([1, 2], [3, 4]).Sized([1], "MB")).ParamName);
        Assert.Equal("values", Assert.Throws<ArgumentException>(() => Chart.Scatter([1, 2], [3, 4]).Sized([1, -1], "MB")).ParamName);
        Assert.Throws<InvalidOperationException>(() => Chart.Line([1, 2], [3, 4]).Sized([1, 1], "MB"));
    }

    public static TheoryData<string, Action> Empty() => new()
    {
        { "Line", () => Chart.Line(None, None) },
        { "Scatter", () => Chart.Scatter(None, None) },
        { "Area", () => Chart.Area(None, None) },
        { "Bar", () => Chart.Bar(None, None) },
        { "HorizontalBar", () => Chart.HorizontalBar(None, None) },
        { "GroupedBars", () => Chart.GroupedBars(["a"]) },
        { "StackedBars", () => Chart.StackedBars(["a"], ("s", None)) },
        { "Histogram", () => Chart.Histogram(None) },
        { "Histogram of two", () => Chart.Histogram([1, 2], None) },
        { "Box", () => Chart.Box(("a", None)) },
        { "Violin", () => Chart.Violin() },
        { "Heatmap", () => Chart.Heatmap(None, None, new double[0, 0]) },
        { "Waterfall", () => Chart.Waterfall(None, None) },
        { "Table", () => Chart.Table(("a", None)) },
        { "ParallelCoordinates", () => Chart.ParallelCoordinates(("a", None), ("b", None)) },
        { "Overlay", () => Chart.Overlay() },
        { "Grid", () => Chart.Grid(1) },
    };

    [Theory]
    [MemberData(nameof(Empty))]
    public void Factory_Empty_IsRefused(string kind, Action make)
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(make);

        Assert.False(string.IsNullOrEmpty(error.ParamName), kind);
    }

    [Fact]
    public void Line_UnequalLengths_NamesBothArgumentsAndLengths()
    {
        var error = Assert.Throws<ArgumentException>(() => Chart.Line(new[] { 1, 2, 3 }, new[] { 1.0, 2 }));

        Assert.Contains("x has 3 values, y has 2", error.Message, StringComparison.Ordinal);
        Assert.Equal("y", error.ParamName);
    }

    [Fact]
    public void Bar_UnequalLengths_NamesBothArguments() =>
        Assert.Contains("labels has 2 values, values has 1", Assert.Throws<ArgumentException>(() => Chart.Bar(["a", "b"], [1])).Message, StringComparison.Ordinal);

    [Fact]
    public void Table_UnequalColumns_NamesThem() =>
        Assert.Contains("column 'a' has 2 values, column 'b' has 1", Assert.Throws<ArgumentException>(() => Chart.Table(("a", [1, 2]), ("b", [1]))).Message, StringComparison.Ordinal);

    [Fact]
    public void Bar_LabelTwice_NamesIt() =>
        Assert.Contains("'a' occurs twice", Assert.Throws<ArgumentException>(() => Chart.Bar(["a", "b", "a"], [1, 2, 3])).Message, StringComparison.Ordinal);

    [Fact]
    public void Line_TextAsY_SaysWhatCame() =>
        Assert.Contains("y must be numbers; got text (2 values)", Assert.Throws<ArgumentException>(() => Chart.Line([1, 2], ["a", "b"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Line_Infinity_IsRefusedWithItsPlace() =>
        Assert.Contains("value 1 of 2", Assert.Throws<ArgumentException>(() => Chart.Line([1, 2], new[] { 1, double.PositiveInfinity })).Message, StringComparison.Ordinal);

    [Fact]
    public void CollectionExpression_Infinity_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Chart.Line([1, 2], [1, double.NegativeInfinity]));

    [Fact]
    public void Line_AllMissing_IsRefused() =>
        Assert.Contains("all 2 are missing", Assert.Throws<ArgumentException>(() => Chart.Line([1, 2], [double.NaN, double.NaN])).Message, StringComparison.Ordinal);

    [Fact]
    public void Values_MixedKinds_AreRefused()
    {
        Assert.Contains("value 1 is text", Assert.Throws<ArgumentException>(() => Values.Create([1, "b"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_NullArray_IsRefused() => Assert.Throws<ArgumentNullException>(() => Chart.Line((double[])null!, [1]));

    [Fact]
    public void Values_ArrayChangedAfterwards_ChangesNoChart()
    {
        double[] y = [1, 2];
        Figure figure = Chart.Line([1, 2], y);
        string before = figure.ToPlotlyJson();

        y[0] = 99;

        Assert.Equal(before, figure.ToPlotlyJson());
    }

    [Fact]
    public void Add_NumbersAndCategories_IsRefused() =>
        Assert.Contains("x axis would mix", Assert.Throws<ArgumentException>(() => Chart.Line([1, 2], [1, 2]).Add(Chart.Line(["a", "b"], [1, 2]))).Message, StringComparison.Ordinal);

    [Fact]
    public void Add_HistogramAndBars_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Chart.Histogram([1, 2, 3], 3).Add(Chart.Bar(["a"], [1])));

    [Fact]
    public void Add_LineOverBars_SharesTheCategories()
    {
        Figure figure = Chart.Bar([1, 2, 3], [4, 5, 6], "loans").Add(Chart.Line([1, 2, 3], [4, 5, 6], "trend"));

        Assert.Equal(["1", "2", "3"], Rendered.Texts(Rendered.Trace(figure, 1).GetProperty("x")));
    }

    [Fact]
    public void Threshold_OnATable_SaysThatItHasNoAxes() =>
        Assert.Contains("table, which has no axes", Assert.Throws<InvalidOperationException>(() => Chart.Table(("a", [1])).Threshold(1, "x")).Message, StringComparison.Ordinal);

    [Fact]
    public void VerticalThreshold_UnknownCategory_NamesTheKnownOnes() =>
        Assert.Contains("'z'; it has 'a', 'b'", Assert.Throws<ArgumentException>(() => Chart.Bar(["a", "b"], [1, 2]).VerticalThreshold("z", "")).Message, StringComparison.Ordinal);

    [Fact]
    public void Band_BackToFront_IsRefused() => Assert.Throws<ArgumentException>(() => Chart.Line([1, 2], [1, 2]).Band(2, 1, "x"));

    [Fact]
    public void YAxis_LogOfBars_IsRefused() =>
        Assert.Contains("start at zero", Assert.Throws<ArgumentException>(() => Chart.Bar(["a"], [1]).YAxis("", log: true)).Message, StringComparison.Ordinal);

    [Fact]
    public void YAxis_MinAboveMax_IsRefused() => Assert.Throws<ArgumentException>(() => Chart.Line([1, 2], [1, 2]).YAxis("", min: 3, max: 2));

    [Fact]
    public void WithErrors_NegativeOrWrongLength_IsRefused()
    {
        Figure figure = Chart.Bar(["a", "b"], [1, 2]);

        Assert.Contains("at 1 it is −1", Assert.Throws<ArgumentException>(() => figure.WithErrors([0, -1])).Message, StringComparison.Ordinal);
        Assert.Contains("the series has 2, below has 1", Assert.Throws<ArgumentException>(() => figure.WithErrors([0])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Chart.Histogram([1, 2], 2).WithErrors([1, 1]));
    }

    [Fact]
    public void WithConfidence_LowAboveHigh_NamesThePlace() =>
        Assert.Contains("at 1 they are 5 and 4", Assert.Throws<ArgumentException>(() => Chart.Line([1, 2], [1, 2]).WithConfidence([0, 5], [3, 4], "95 %")).Message, StringComparison.Ordinal);

    [Fact]
    public void Heatmap_WrongShape_SaysBoth() =>
        Assert.Contains("1 × 2; it is 2 × 1", Assert.Throws<ArgumentException>(() => Chart.Heatmap(["a", "b"], ["r"], new double[2, 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void Waterfall_MissingChange_NamesIt() =>
        Assert.Contains("changes[1] ('b')", Assert.Throws<ArgumentException>(() => Chart.Waterfall(["a", "b"], [1, double.NaN])).Message, StringComparison.Ordinal);

    [Fact]
    public void Indicator_NotFinite_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Chart.Indicator(double.NaN, "x"));

    [Fact]
    public void Refine_ReturnsANewFigure()
    {
        Figure plain = Chart.Line([1, 2], [1, 2]);
        Figure titled = plain.Titled("finding").Threshold(1.5, "limit");

        Assert.Equal("", plain.Title);
        Assert.DoesNotContain("limit", plain.ToString(), StringComparison.Ordinal);
        Assert.Contains("line at y = 1.5: limit", titled.ToString(), StringComparison.Ordinal);
    }
}
