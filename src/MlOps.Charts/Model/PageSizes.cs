namespace MlOps.Charts.Model;

/// <summary>Heights that the interactive chart and its picture share, in pixels.</summary>
internal static class PageSizes
{
    internal const double TableRow = 28;

    /// <summary>A line of labels of vertical reference lines, above the plot.</summary>
    internal const double LabelRow = 17;

    /// <summary>How high the plot itself wants to be, without margins.</summary>
    internal static double PlotHeight(Figure figure) => figure.Traces[0] switch
    {
        IndicatorTrace => 130,
        TableTrace table => TableRow * (table.Columns[0].Length + 1) + 6,
        BarTrace { Horizontal: true } bars => Math.Max(120, 26 * bars.Labels.Length * (figure.Bars == BarMode.Grouped ? figure.Traces.Length : 1)),
        SwarmTrace swarm => Math.Max(120, 40 * swarm.Groups.Length),
        SpanTrace spans => Math.Max(70, 30 * spans.RowNames.Length),
        HeatTrace heat => Math.Clamp(30 * heat.Rows.Length, 160, 520),
        _ => 270,
    };

    /// <summary>What the labels of vertical reference lines need above the plot: one line each, so they never touch.</summary>
    internal static double LabelsAbove(Figure figure) => LabelRow * figure.References.Count(m => m.OnX && m.Label.Length > 0);

    /// <summary>A text in lines; none for an empty text.</summary>
    internal static string[] Lines(string text, double size, double width) => text.Length == 0 ? [] : TextMeasure.Wrap(text, size, width);
}
