namespace MlOps.Charts.Model;

/// <summary>What a figure is, in words.</summary>
internal static class KindName
{
    internal static string Of(Figure figure)
    {
        if (figure.Cells.Length > 0)
        {
            return $"grid of {figure.Cells.Length} figures";
        }

        string[] kinds = [.. figure.Traces.Select(Of).Distinct()];
        bool bars = figure.Traces.OfType<BarTrace>().Count() > 1;
        return bars && kinds.Length == 1
            ? $"{(figure.Bars == BarMode.Stacked ? "stacked" : "grouped")} {kinds[0]}"
            : string.Join(" with ", kinds);
    }

    private static string Of(Trace trace) => trace switch
    {
        XyTrace { Area: true } => "area chart",
        XyTrace { Line: true } => "line chart",
        XyTrace => "scatter plot",
        BarTrace { Horizontal: true } => "horizontal bar chart",
        BarTrace => "bar chart",
        BinsTrace => "histogram",
        BoxTrace => "box plot",
        ViolinTrace => "violin plot",
        HeatTrace => "heat map",
        SwarmTrace => "swarm plot",
        SpanTrace => "floating bar chart",
        WaterfallTrace => "waterfall chart",
        IndicatorTrace => "indicator",
        TableTrace => "table",
        ParallelTrace => "parallel-coordinates plot",
        _ => throw new ArgumentException($"Unknown trace {trace.GetType().Name}.", nameof(trace)),
    };
}
