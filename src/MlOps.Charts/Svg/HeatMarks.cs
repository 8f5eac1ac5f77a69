namespace MlOps.Charts.Svg;

/// <summary>Draws heat maps and their colour scale.</summary>
internal static class HeatMarks
{
    /// <summary>What the colour scale takes from the right side of the plot.</summary>
    internal const double ScaleSpace = 74;

    internal static void Draw(SvgText svg, Plot plot, HeatTrace trace)
    {
        (double low, double high) = trace.Range();
        (double Position, string)[] scale = trace.Diverging ? Palette.Diverging : Palette.Sequential;
        for (int r = 0; r < trace.Rows.Length; r++)
        {
            for (int c = 0; c < trace.Columns.Length; c++)
            {
                double value = trace.Cells[r][c];
                if (double.IsNaN(value))
                {
                    continue;
                }

                string colour = Palette.Mix(scale, (value - low) / (high - low));
                double gap = Math.Min(plot.X.Step, plot.Y.Step) > 6 ? 1 : 0;
                var cell = new Box(plot.X[c - 0.5], plot.Y[r - 0.5], plot.X.Step - gap, plot.Y.Step - gap);
                svg.Rect(cell, colour, "cell");
                string label = NumberText.Short(value);
                if (trace.ShowsNumbers && TextMeasure.Width(label, Ink.Tick) < cell.Width && cell.Height > Ink.Tick)
                {
                    svg.Text(cell.MiddleX, cell.MiddleY + 4, label, Ink.Tick, "middle", Palette.IsDark(colour) ? "#FFFFFF" : "#1A1A1A", kind: "value");
                }
            }
        }
    }

    internal static void DrawScale(SvgText svg, Box area, HeatTrace trace)
    {
        (double low, double high) = trace.Range();
        DrawScale(svg, area, trace.Name, low, high, trace.Diverging ? Palette.Diverging : Palette.Sequential);
    }

    internal static void DrawScale(SvgText svg, Box area, Shades shades) => DrawScale(svg, area, shades.Name, shades.Range.Low, shades.Range.High, Shades.Colours);

    private static void DrawScale(SvgText svg, Box area, string name, double low, double high, (double, string)[] scale)
    {
        const int Steps = 40;
        double top = area.Y + (name.Length > 0 ? 20 : 4);
        double height = area.Bottom - top;
        double x = area.Right + 14;
        for (int i = 0; i < Steps; i++)
        {
            svg.Rect(new Box(x, top + height * i / Steps, 12, height / Steps + 0.5), Palette.Mix(scale, 1 - (i + 0.5) / Steps));
        }

        svg.Text(area.Right + ScaleSpace, area.Y + 8, TextMeasure.Shorten(name, Ink.Tick, 160), Ink.Tick, "end", Ink.Muted);
        double step = NiceTicks.Step(low, high);
        foreach (double tick in NiceTicks.Of(low, high))
        {
            svg.Text(x + 17, top + height * (1 - (tick - low) / (high - low)) + 4, NumberText.Tick(tick, step), Ink.Tick, colour: Ink.Muted);
        }
    }
}
