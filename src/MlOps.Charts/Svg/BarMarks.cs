namespace MlOps.Charts.Svg;

/// <summary>Draws bars, histograms and waterfalls.</summary>
internal static class BarMarks
{
    internal static void Draw(SvgText svg, Plot plot, BarTrace trace, Style style)
    {
        BarGeometry geometry = BarGeometry.Of(plot.Figure, trace);
        (Scale categories, Scale lengths) = trace.Horizontal ? (plot.Y, plot.X) : (plot.X, plot.Y);
        bool labelled = BarLabels.Shown(plot.Figure);
        for (int i = 0; i < trace.Labels.Length; i++)
        {
            double length = trace.Lengths[i];
            if (double.IsNaN(length))
            {
                continue;
            }

            double place = categories.Domain.Position(trace.Labels[i]) + geometry.Offset;
            Box bar = Bar(categories[place], categories[place + geometry.Width], lengths[geometry.Bases[i]], lengths[geometry.Bases[i] + length], trace.Horizontal);
            svg.Rect(bar, BarPatterns.Fill(style), "bar");
            if (labelled)
            {
                DrawLabel(svg, bar, NumberText.Short(length), trace.Horizontal, length < 0);
            }

            if (trace.Errors is { } errors)
            {
                double end = geometry.Bases[i] + length;
                PointMarks.DrawError(svg, categories[place + geometry.Width / 2], lengths[end - errors.Below[i]], lengths[end + errors.Above[i]], trace.Horizontal, Ink.Text);
            }
        }
    }

    internal static void Draw(SvgText svg, Plot plot, BinsTrace trace, Style style)
    {
        if (trace.Outline)
        {
            (double[] x, double[] y) = BinsOutline.Of(trace);
            svg.Path(PointMarks.Steps([.. x.Select((v, i) => (plot.X[v], plot.Y[y[i]]))], 'M'), style.Colour, 2, dash: style.Dash.Lengths, kind: "line");
            return;
        }

        for (int i = 0; i < trace.Heights.Length; i++)
        {
            Box bar = Bar(plot.X[trace.Edges[i]], plot.X[trace.Edges[i + 1]], plot.Y[0], plot.Y[trace.Heights[i]], horizontal: false);

            // A hair between bins, where there is room for one.
            svg.Rect(bar.Width > 4 ? bar with { Width = bar.Width - 0.8 } : bar, style.Colour, "bar", 0.7);
        }
    }

    internal static void Draw(SvgText svg, Plot plot, WaterfallTrace trace)
    {
        double level = 0;
        for (int i = 0; i <= trace.Changes.Length; i++)
        {
            bool total = i == trace.Changes.Length;
            double from = total ? 0 : level;
            double to = total ? level : level + trace.Changes[i];
            Style style = total ? WaterfallStyle.Total : trace.Changes[i] < 0 ? WaterfallStyle.Down : WaterfallStyle.Up;
            Box bar = Bar(plot.X[i - 0.375], plot.X[i + 0.375], plot.Y[from], plot.Y[to], horizontal: false);
            svg.Rect(bar, style.Colour, "bar");
            DrawLabel(svg, bar, total ? NumberText.Short(level) : NumberText.Signed(trace.Changes[i]), horizontal: false, to < from);
            if (!total)
            {
                svg.Line(bar.Right, plot.Y[to], plot.X[i + 1 - 0.375], plot.Y[to], Ink.Axis);
                level = to;
            }
        }
    }

    internal static void Draw(SvgText svg, Plot plot, SpanTrace trace)
    {
        for (int i = 0; i < trace.Rows.Length; i++)
        {
            double place = plot.Domains.Y.Position(trace.Rows[i]);
            Box bar = Bar(plot.Y[place - SpanTrace.HalfWidth], plot.Y[place + SpanTrace.HalfWidth], plot.X[trace.From[i]], plot.X[trace.To[i]], horizontal: true);
            string colour = trace.StyleOf(i).Colour;
            svg.Rect(bar, colour, "bar", stroke: Ink.Ground);
            if (TextMeasure.Width(trace.Labels[i], Ink.Tick) + 8 < bar.Width)
            {
                svg.Text(bar.MiddleX, bar.MiddleY + 4, trace.Labels[i], Ink.Tick, "middle", Palette.IsDark(colour) ? "#FFFFFF" : "#1A1A1A", kind: "value");
            }
            else if (trace.IsAlone(i))
            {
                DrawLabel(svg, bar, trace.Labels[i], horizontal: true, trace.To[i] < trace.From[i]);
            }
        }
    }

    private static Box Bar(double side, double otherSide, double from, double to, bool horizontal)
    {
        (double near, double far) = (Math.Min(side, otherSide), Math.Max(side, otherSide));
        (double low, double high) = (Math.Min(from, to), Math.Max(from, to));
        return horizontal ? new Box(low, near, high - low, far - near) : new Box(near, low, far - near, high - low);
    }

    private static void DrawLabel(SvgText svg, Box bar, string label, bool horizontal, bool negative)
    {
        if (horizontal)
        {
            svg.Text(negative ? bar.X - 4 : bar.Right + 4, bar.MiddleY + 4, label, Ink.Tick, negative ? "end" : "start", Ink.Muted, kind: "value");
        }
        else if (TextMeasure.Width(label, Ink.Tick) < bar.Width * 1.5)
        {
            svg.Text(bar.MiddleX, negative ? bar.Bottom + 13 : bar.Y - 4, label, Ink.Tick, "middle", Ink.Muted, kind: "value");
        }
    }
}
