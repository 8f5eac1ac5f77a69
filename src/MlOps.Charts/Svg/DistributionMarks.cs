using MlOps.Charts.Statistics;

namespace MlOps.Charts.Svg;

/// <summary>Draws boxes and violins.</summary>
internal static class DistributionMarks
{
    private const double HalfBox = 0.25;

    internal static void Draw(SvgText svg, Plot plot, BoxTrace trace, Style style)
    {
        for (int g = 0; g < trace.Boxes.Length; g++)
        {
            BoxSummary box = trace.Boxes[g];
            double place = plot.Domains.X.Position(trace.Groups[g]);
            double middle = plot.X[place];
            (double left, double right) = (plot.X[place - HalfBox], plot.X[place + HalfBox]);
            string whiskers = string.Concat(
                Upright(middle, plot.Y[box.Q1], plot.Y[box.LowerFence]), Level(left, right, plot.Y[box.LowerFence]),
                Upright(middle, plot.Y[box.Q3], plot.Y[box.UpperFence]), Level(left, right, plot.Y[box.UpperFence]));
            svg.Path(whiskers, style.Colour, 1.6, kind: "whiskers");
            svg.Element(
                "rect", ("class", "box"), ("x", SvgText.N(left)), ("y", SvgText.N(plot.Y[box.Q3])), ("width", SvgText.N(right - left)),
                ("height", SvgText.N(plot.Y[box.Q1] - plot.Y[box.Q3])), ("fill", style.Colour), ("fill-opacity", "0.3"), ("stroke", style.Colour), ("stroke-width", "1.8"));
            svg.Line(left, plot.Y[box.Median], right, plot.Y[box.Median], style.Colour, 2.6, kind: "median");
            foreach (double outlier in box.Outliers)
            {
                svg.Marker(Marker.OpenCircle, middle, plot.Y[outlier], 5, style.Colour, 0.7);
            }
        }
    }

    internal static void Draw(SvgText svg, Plot plot, ViolinTrace trace, Style style)
    {
        for (int g = 0; g < trace.Groups.Length; g++)
        {
            double place = plot.Domains.X.Position(trace.Groups[g]);
            double[] grid = trace.Densities[g].Grid;
            double[] widths = trace.Widths(g);
            (double, double)[] right = [.. grid.Select((v, i) => (plot.X[place + widths[i]], plot.Y[v]))];
            (double, double)[] left = [.. grid.Select((v, i) => (plot.X[place - widths[i]], plot.Y[v])).Reverse()];
            svg.Path(PointMarks.Steps(right, 'M') + PointMarks.Steps(left, 'L') + "z", style.Colour, 1.5, style.Colour, 0.3, kind: "violin");
            BoxSummary box = trace.Boxes[g];
            svg.Line(plot.X[place], plot.Y[box.Q1], plot.X[place], plot.Y[box.Q3], style.Colour, 7, kind: "quartiles");
            svg.Element(
                "circle", ("class", "median"), ("cx", SvgText.N(plot.X[place])), ("cy", SvgText.N(plot.Y[box.Median])), ("r", "4.5"),
                ("fill", Ink.Ground), ("stroke", style.Colour), ("stroke-width", "1.5"));
        }
    }

    private static string Upright(double x, double from, double to) => $"M{SvgText.N(x)} {SvgText.N(from)}L{SvgText.N(x)} {SvgText.N(to)}";

    private static string Level(double left, double right, double y)
    {
        double inset = (right - left) / 4;
        return $"M{SvgText.N(left + inset)} {SvgText.N(y)}L{SvgText.N(right - inset)} {SvgText.N(y)}";
    }
}
