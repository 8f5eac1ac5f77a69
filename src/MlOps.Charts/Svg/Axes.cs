namespace MlOps.Charts.Svg;

/// <summary>Draws both axes of a plot around the area that is left for the marks.</summary>
internal static class Axes
{
    private const double TitleSpace = 20;
    private const double WidestLabel = 150;
    private const double Turned = -38;
    private const double TurnedSpace = 20; // times the sine of the angle: the height of a line

    /// <summary>The area for marks: what the labels of both axes leave of the outer box.</summary>
    internal static Box Area(Figure figure, Domains domains, Box outer)
    {
        double left = AxisTicks.Of(domains.Y, RowsOfTicks(outer)).Max(t => TextMeasure.Width(Short(t.Label), Ink.Tick)) + 12;
        left += figure.Y.Caption.Length > 0 ? TitleSpace : 0;
        left = Math.Max(left, 26);
        double width = outer.Width - left - 4;
        (double At, string Label)[] ticks = AxisTicks.Of(domains.X, TicksAcross(width));
        double bottom = Turn(domains.X, ticks, width) == 0 ? 20 : 14 + 0.64 * ticks.Max(t => TextMeasure.Width(Short(t.Label), Ink.Tick));
        bottom += figure.X.Caption.Length > 0 ? TitleSpace : 0;
        double labels = PageSizes.LabelsAbove(figure);
        return new Box(outer.X + left, outer.Y + labels, width, outer.Height - bottom - labels);
    }

    internal static void Draw(SvgText svg, Plot plot, Box outer)
    {
        Box area = plot.Area;
        DrawY(svg, plot, outer);
        DrawX(svg, plot);
        if (plot.Figure.X.Caption is { Length: > 0 } x)
        {
            svg.Text(area.MiddleX, outer.Bottom - 5, TextMeasure.Shorten(x, Ink.Label, area.Width), Ink.Label, "middle", Ink.Muted);
        }

        if (plot.Figure.Y.Caption is { Length: > 0 } y)
        {
            svg.Text(outer.X + 11, area.MiddleY, TextMeasure.Shorten(y, Ink.Label, area.Height), Ink.Label, "middle", Ink.Muted, turn: -90);
        }
    }

    /// <summary>Drawn over the marks: the lines that values are read against.</summary>
    internal static void DrawLines(SvgText svg, Plot plot)
    {
        Box area = plot.Area;
        svg.Line(area.X, area.Bottom, area.Right, area.Bottom, Ink.Axis);
        if (plot.Domains.Y is { Kind: ValueKind.Number, Log: false, Low: < 0, High: > 0 })
        {
            svg.Line(area.X, plot.Y[0], area.Right, plot.Y[0], Ink.Axis);
        }

        if (plot.Domains.X is { Kind: ValueKind.Number, Log: false, Low: <= 0, High: > 0 } && plot.Domains.Y.Kind == ValueKind.Text)
        {
            svg.Line(plot.X[0], area.Y, plot.X[0], area.Bottom, Ink.Axis);
        }
    }

    private static void DrawY(SvgText svg, Plot plot, Box outer)
    {
        (double At, string Label)[] ticks = AxisTicks.Of(plot.Domains.Y, RowsOfTicks(outer));
        int stride = plot.Domains.Y.Kind == ValueKind.Text ? Math.Max(1, (int)Math.Ceiling(14 / plot.Y.Step)) : 1;
        for (int i = 0; i < ticks.Length; i += stride)
        {
            double y = plot.Y[ticks[i].At];
            if (plot.Domains.Y.Kind != ValueKind.Text)
            {
                svg.Line(plot.Area.X, y, plot.Area.Right, y, Ink.Grid);
            }

            svg.Text(plot.Area.X - 7, y + 4, Short(ticks[i].Label), Ink.Tick, "end", Ink.Muted, kind: "y-tick");
        }
    }

    private static void DrawX(SvgText svg, Plot plot)
    {
        Box area = plot.Area;
        (double At, string Label)[] ticks = AxisTicks.Of(plot.Domains.X, TicksAcross(area.Width));
        double turn = Turn(plot.Domains.X, ticks, area.Width);
        double room = plot.Domains.X.Kind == ValueKind.Text ? plot.X.Step : area.Width;
        int stride = turn == 0 ? 1 : Math.Max(1, (int)Math.Ceiling(TurnedSpace / room));
        double free = double.NegativeInfinity;
        for (int i = 0; i < ticks.Length; i += stride)
        {
            double x = plot.X[ticks[i].At];
            string label = Short(ticks[i].Label);
            double width = TextMeasure.Width(label, Ink.Tick);
            if (plot.Domains.X.Kind != ValueKind.Text)
            {
                svg.Line(x, area.Y, x, area.Bottom, Ink.Grid);
            }

            svg.Line(x, area.Bottom, x, area.Bottom + 4, Ink.Axis);
            if (turn != 0)
            {
                svg.Text(x + 4, area.Bottom + 15, label, Ink.Tick, "end", Ink.Muted, turn: turn, kind: "x-tick");
            }
            else if (x - width / 2 > free)
            {
                // A label that would touch the one before it is left out; its tick stays.
                svg.Text(x, area.Bottom + 17, label, Ink.Tick, "middle", Ink.Muted, kind: "x-tick");
                free = x + width / 2 + 6;
            }
        }
    }

    /// <summary>Category names that do not fit side by side are written upwards.</summary>
    private static double Turn(AxisDomain domain, (double At, string Label)[] ticks, double width) =>
        domain.Kind == ValueKind.Text && ticks.Max(t => TextMeasure.Width(Short(t.Label), Ink.Tick)) + 6 > width / ticks.Length ? Turned : 0;

    private static string Short(string label) => TextMeasure.Shorten(label, Ink.Tick, WidestLabel);

    private static int RowsOfTicks(Box outer) => outer.Height < 120 ? 5 : 6;

    private static int TicksAcross(double width) => width < 300 ? 5 : 8;
}
