namespace MlOps.Charts.Svg;

/// <summary>Draws what has no axes: single numbers, tables and parallel coordinates.</summary>
internal static class PlainMarks
{
    internal static void Draw(SvgText svg, Box area, IndicatorTrace trace)
    {
        double middle = area.MiddleX;
        string number = NumberText.Short(trace.Number) + (trace.Unit.Length > 0 ? " " + trace.Unit : "");
        svg.Text(middle, area.Y + 18, TextMeasure.Shorten(trace.Name, 14, area.Width), 14, "middle", Ink.Muted);
        double size = Math.Min(44, 44 * area.Width / Math.Max(1, TextMeasure.Width(number, 44)));
        svg.Text(middle, area.Y + 70, number, size, "middle", kind: "number");
        if (trace.Before is { } before)
        {
            double change = trace.Number - before;
            bool good = change > 0 != trace.LowerIsBetter;
            string colour = change == 0 ? Ink.Muted : good ? Palette.Blue : Palette.Vermilion;
            string arrow = change > 0 ? "▲" : change < 0 ? "▼" : "=";
            svg.Text(middle, area.Y + 102, $"{arrow} {NumberText.Short(Math.Abs(change))} from {NumberText.Short(before)}", 18, "middle", colour, kind: "delta");
        }
    }

    internal static void Draw(SvgText svg, Box area, TableTrace trace)
    {
        const double Row = PageSizes.TableRow;
        double width = area.Width / trace.Headers.Length;
        svg.Rect(area with { Height = Row }, Ink.Grid);
        for (int c = 0; c < trace.Headers.Length; c++)
        {
            double x = trace.AreNumbers[c] ? area.X + (c + 1) * width - 9 : area.X + c * width + 9;
            string anchor = trace.AreNumbers[c] ? "end" : "start";
            svg.Text(x, area.Y + 18, TextMeasure.Shorten(trace.Headers[c], Ink.Label, width - 16), Ink.Label, anchor, bold: true);
            for (int r = 0; r < trace.Columns[c].Length; r++)
            {
                svg.Text(x, area.Y + (r + 1) * Row + 18, TextMeasure.Shorten(trace.Columns[c][r], Ink.Label, width - 16), Ink.Label, anchor, kind: "cell");
            }
        }

        for (int r = 1; r <= trace.Columns[0].Length + 1; r++)
        {
            svg.Line(area.X, area.Y + r * Row, area.Right, area.Y + r * Row, Ink.Edge);
        }
    }

    internal static void Draw(SvgText svg, Box area, ParallelTrace trace)
    {
        ParallelAxis[] axes = [.. trace.Names.Select((_, d) => ParallelAxis.Of(trace, d))];
        double margin = 46;
        var plot = new Box(area.X + margin, area.Y + 26, area.Width - 2 * margin, area.Height - 34);
        double Across(int d) => plot.X + plot.Width * d / (axes.Length - 1);
        double Up(ParallelAxis axis, double value) => plot.Bottom - plot.Height * (value - axis.Low) / (axis.High - axis.Low);
        ParallelAxis colours = axes[trace.ColourBy];
        foreach (int row in trace.Drawn)
        {
            string colour = Palette.Mix(ParallelAxis.Colours, (colours.Positions[row] - colours.Low) / (colours.High - colours.Low));
            (double, double)[] line = [.. axes.Select((axis, d) => (Across(d), Up(axis, axis.Positions[row])))];
            svg.Element("path", ("class", "row"), ("d", PointMarks.Steps(line, 'M')), ("fill", "none"), ("stroke", colour), ("stroke-width", "1.4"), ("stroke-opacity", trace.Drawn.Length > 100 ? "0.45" : "0.8"));
        }

        for (int d = 0; d < axes.Length; d++)
        {
            double x = Across(d);
            svg.Line(x, plot.Y, x, plot.Bottom, Ink.Axis, 1.4);
            svg.Text(x, area.Y + 12, TextMeasure.Shorten(trace.Names[d], Ink.Label, plot.Width / (axes.Length - 1) - 8), Ink.Label, "middle", bold: true);
            double step = NiceTicks.Step(axes[d].Low, axes[d].High);
            (double At, string Label)[] ticks = axes[d].Ticks ?? [.. NiceTicks.Of(axes[d].Low, axes[d].High).Select(t => (t, NumberText.Tick(t, step)))];
            int stride = Math.Max(1, (int)Math.Ceiling(ticks.Length * 14 / plot.Height));
            for (int i = 0; i < ticks.Length; i += stride)
            {
                double y = Up(axes[d], ticks[i].At);
                svg.Line(x - 4, y, x, y, Ink.Axis);
                svg.Text(x - 7, y + 4, TextMeasure.Shorten(ticks[i].Label, Ink.Tick, 80), Ink.Tick, "end", Ink.Muted, halo: true);
            }
        }
    }
}
