using MlOps.Charts.Statistics;

namespace MlOps.Charts.Model;

/// <summary>Texts that every output shows alike.</summary>
internal static class Captions
{
    /// <summary>The subtitle, with a word on what was left out.</summary>
    internal static string Subtitle(Figure figure)
    {
        string[] parts = [figure.Subtitle, .. figure.Traces.Select(Thinned).Distinct()];
        return string.Join(" · ", parts.Where(p => p.Length > 0));
    }

    /// <summary>The name of a series in the legend; a number where it has none.</summary>
    internal static string Series(Figure figure, int index) =>
        figure.Traces[index].Name is { Length: > 0 } name ? name : $"series {index + 1}";

    /// <summary>Whether the reader has to tell series apart.</summary>
    internal static bool NeedsLegend(Figure figure) =>
        figure.Traces.Count(t => t is XyTrace or BarTrace or BinsTrace) > 1 || figure.Traces.Any(t => t is XyTrace { Ribbon: not null });

    /// <summary>The colour scale of points beside the plot: that of the first series that has one.</summary>
    internal static Shades? Shades(Figure figure) => figure.Traces
        .Select(trace => trace switch { XyTrace xy => xy.Shades, SwarmTrace swarm => swarm.Shades, _ => null })
        .FirstOrDefault(shades => shades is { IsSpread: true });

    private static string Thinned(Trace trace) => trace switch
    {
        XyTrace xy when xy.Drawn.Length < xy.Y.Count => Shown(xy.Drawn.Length, xy.Y.Count, "points"),
        SwarmTrace swarm when swarm.Values.Any(v => v.Length > SwarmTrace.MostPoints) => $"at most {SwarmTrace.MostPoints} points a group drawn",
        BoxTrace box when box.Boxes.Any(b => b.OutlierCount > b.Outliers.Length) => $"at most {BoxSummary.MostOutliers} outliers a group drawn",
        TableTrace table when table.Columns[0].Length < table.RowCount => Shown(table.Columns[0].Length, table.RowCount, "rows"),
        ParallelTrace parallel when parallel.Drawn.Length < parallel.Dimensions[0].Count => Shown(parallel.Drawn.Length, parallel.Dimensions[0].Count, "rows"),
        _ => "",
    };

    private static string Shown(int drawn, int all, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{drawn:#,0} of {all:#,0} {what} drawn");
}
