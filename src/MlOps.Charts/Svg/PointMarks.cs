using System.Text;

namespace MlOps.Charts.Svg;

/// <summary>Draws lines, points, areas, error bars and confidence bands.</summary>
internal static class PointMarks
{
    internal static void Draw(SvgText svg, Plot plot, XyTrace trace, Style style)
    {
        double[] px = plot.Domains.X.Positions(trace.X);
        (double X, double Y)[] points = [.. trace.Drawn.Select(i => (plot.X[px[i]], plot.Y[plot.Domains.Y.Position(trace.Y.Numbers[i])]))];
        if (trace.Ribbon is { } ribbon)
        {
            DrawRibbon(svg, plot, trace, px, ribbon, style);
        }

        List<(double X, double Y)[]> runs = Runs(points);
        if (trace.Area)
        {
            double zero = plot.Y[0];
            foreach ((double X, double Y)[] run in runs)
            {
                svg.Path($"M{SvgText.N(run[0].X)} {SvgText.N(zero)}{Steps(run, 'L')}L{SvgText.N(run[^1].X)} {SvgText.N(zero)}z", "none", 0, style.Colour, 0.25, kind: "area");
            }
        }

        if (trace.Errors is { } errors)
        {
            DrawErrors(svg, plot, trace, px, errors, style);
        }

        if (trace.Line && runs.Count > 0)
        {
            svg.Path(string.Concat(runs.Select(run => Steps(run, 'M'))), style.Colour, 2.25, dash: style.Dash.Lengths, kind: "line");
        }

        // A line of many points without markers still shows a value that has no neighbour.
        double size = trace.Line ? 7 : trace.Drawn.Length > 500 ? 5 : 8;
        double opacity = trace.Line ? 1 : trace.Drawn.Length > 500 ? 0.45 : 0.75;
        if (trace.Shades is { } shades)
        {
            for (int d = 0; d < points.Length; d++)
            {
                if (!double.IsNaN(points[d].X) && !double.IsNaN(points[d].Y))
                {
                    svg.Marker(style.Marker, points[d].X, points[d].Y, size, shades.Of(trace.Drawn[d]), 0.9);
                }
            }

            return;
        }

        if (trace.Bubbles is { } bubbles)
        {
            foreach (int d in Enumerable.Range(0, points.Length).Where(d => !double.IsNaN(points[d].X) && !double.IsNaN(points[d].Y)))
            {
                svg.Marker(style.Marker, points[d].X, points[d].Y, bubbles.Diameter(trace.Drawn[d]), style.Colour, 0.6); // those behind stay visible
            }

            return;
        }

        foreach ((double x, double y) in trace.Markers ? runs.SelectMany(r => r) : runs.Where(r => r.Length == 1).Select(r => r[0]))
        {
            svg.Marker(style.Marker, x, y, size, style.Colour, opacity);
        }
    }

    internal static void Draw(SvgText svg, Plot plot, SwarmTrace trace)
    {
        foreach ((int point, double across, double down) in trace.Points)
        {
            svg.Marker(Marker.Circle, plot.X[across], plot.Y[down], 5.5, trace.Shades.Of(point), 0.9);
        }
    }

    /// <summary>One error bar with its caps, upright or lying.</summary>
    internal static void DrawError(SvgText svg, double at, double from, double to, bool lying, string colour)
    {
        if (double.IsNaN(at) || double.IsNaN(from) || double.IsNaN(to))
        {
            return;
        }

        string P(double along, double across) => lying ? $"{SvgText.N(along)} {SvgText.N(across)}" : $"{SvgText.N(across)} {SvgText.N(along)}";
        svg.Path($"M{P(from, at)}L{P(to, at)}M{P(from, at - 4)}L{P(from, at + 4)}M{P(to, at - 4)}L{P(to, at + 4)}", colour, 1.5, kind: "error");
    }

    /// <summary>Points joined by straight lines, the first reached by the given command.</summary>
    internal static string Steps((double X, double Y)[] points, char first)
    {
        var path = new StringBuilder();
        for (int i = 0; i < points.Length; i++)
        {
            path.Append(i == 0 ? first : 'L').Append(SvgText.N(points[i].X)).Append(' ').Append(SvgText.N(points[i].Y));
        }

        return path.ToString();
    }

    private static List<(double X, double Y)[]> Runs((double X, double Y)[] points)
    {
        var runs = new List<(double, double)[]>();
        int start = 0;
        for (int i = 0; i <= points.Length; i++)
        {
            if (i == points.Length || double.IsNaN(points[i].X) || double.IsNaN(points[i].Y))
            {
                if (i > start)
                {
                    runs.Add(points[start..i]);
                }

                start = i + 1;
            }
        }

        return runs;
    }

    private static void DrawErrors(SvgText svg, Plot plot, XyTrace trace, double[] px, Errors errors, Style style)
    {
        foreach (int i in trace.Drawn)
        {
            double y = trace.Y.Numbers[i];
            DrawError(
                svg, plot.X[px[i]], plot.Y[plot.Domains.Y.Position(y - errors.Below[i])], plot.Y[plot.Domains.Y.Position(y + errors.Above[i])], lying: false, style.Colour);
        }
    }

    private static void DrawRibbon(SvgText svg, Plot plot, XyTrace trace, double[] px, Ribbon ribbon, Style style)
    {
        foreach (int[] run in RibbonRuns.Of(trace.Drawn, px, ribbon))
        {
            (double, double)[] upper = [.. run.Select(i => (plot.X[px[i]], plot.Y[plot.Domains.Y.Position(ribbon.High[i])]))];
            (double, double)[] lower = [.. run.Reverse().Select(i => (plot.X[px[i]], plot.Y[plot.Domains.Y.Position(ribbon.Low[i])]))];
            if (!upper.Concat(lower).Any(p => double.IsNaN(p.Item2)))
            {
                svg.Path(Steps(upper, 'M') + Steps(lower, 'L') + "z", "none", 0, style.Colour, 0.2, kind: "ribbon");
            }
        }
    }
}
