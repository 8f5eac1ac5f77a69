using MlOps.Charts.Statistics;

namespace MlOps.Charts.Plotly;

/// <summary>Boxes and violins from statistics computed here: no raw sample travels with the page.</summary>
internal static class DistributionTraces
{
    internal static void Write(JsonText json, Panel panel, BoxTrace trace, Style style)
    {
        json.Object(() =>
        {
            json.Set("type", "box");
            json.Set("showlegend", false);
            json.Texts("x", trace.Groups);
            json.Numbers("lowerfence", trace.Boxes.Select(b => b.LowerFence));
            json.Numbers("q1", trace.Boxes.Select(b => b.Q1));
            json.Numbers("median", trace.Boxes.Select(b => b.Median));
            json.Numbers("q3", trace.Boxes.Select(b => b.Q3));
            json.Numbers("upperfence", trace.Boxes.Select(b => b.UpperFence));
            panel.Axes(json);
            json.Set("fillcolor", Palette.Fade(style.Colour, 0.3));
            json.Object("line", () =>
            {
                json.Set("color", style.Colour);
                json.Set("width", 2);
            });
        });
        if (trace.Boxes.Any(b => b.Outliers.Length > 0))
        {
            json.Object(() =>
            {
                json.Set("type", "scatter");
                json.Set("mode", "markers");
                json.Set("name", "outliers");
                json.Set("showlegend", false);
                json.Texts("x", trace.Boxes.SelectMany((b, i) => b.Outliers.Select(_ => trace.Groups[i])));
                json.Numbers("y", trace.Boxes.SelectMany(b => b.Outliers));
                panel.Axes(json);
                PointTraces.WriteMarker(json, style with { Marker = Marker.OpenCircle }, 5, 0.7);
            });
        }
    }

    internal static void Write(JsonText json, Panel panel, ViolinTrace trace, Style style)
    {
        int[] groups = [.. Enumerable.Range(0, trace.Groups.Length)];
        json.Object(() =>
        {
            json.Set("type", "scatter");
            json.Set("mode", "lines");
            json.Set("showlegend", false);
            json.Numbers("x", groups.SelectMany(g => Closed(trace.Widths(g).Select(w => g + w), trace.Widths(g).Reverse().Select(w => g - w))));
            json.Numbers("y", groups.SelectMany(g => Closed(trace.Densities[g].Grid, trace.Densities[g].Grid.Reverse())));
            panel.Axes(json);
            json.Set("fill", "toself");
            json.Set("fillcolor", Palette.Fade(style.Colour, 0.3));
            PointTraces.WriteLine(json, style, 1.5);
            json.Set("hoverinfo", "skip");
        });
        json.Object(() =>
        {
            json.Set("type", "scatter");
            json.Set("mode", "lines");
            json.Set("showlegend", false);
            json.Numbers("x", groups.SelectMany(g => new[] { g, g, double.NaN }));
            json.Numbers("y", trace.Boxes.SelectMany(b => new[] { b.Q1, b.Q3, double.NaN }));
            panel.Axes(json);
            PointTraces.WriteLine(json, style, 7);
            json.Set("hoverinfo", "skip");
        });
        WriteMedians(json, panel, trace, style, groups);
    }

    private static void WriteMedians(JsonText json, Panel panel, ViolinTrace trace, Style style, int[] groups) => json.Object(() =>
    {
        json.Set("type", "scatter");
        json.Set("mode", "markers");
        json.Set("showlegend", false);
        json.Numbers("x", groups.Select(g => (double)g));
        json.Numbers("y", trace.Boxes.Select(b => b.Median));
        json.Texts("text", trace.Boxes.Select((b, g) => $"{trace.Groups[g]}: {Describe(b)}"));
        json.Set("hoverinfo", "text");
        panel.Axes(json);
        json.Object("marker", () =>
        {
            json.Set("color", "#FFFFFF");
            json.Set("size", 9);
            json.Object("line", () =>
            {
                json.Set("color", style.Colour);
                json.Set("width", 1.5);
            });
        });
    });

    private static string Describe(BoxSummary box) => string.Create(
        CultureInfo.InvariantCulture,
        $"n = {box.Count:#,0}, median {NumberText.Short(box.Median)}, quartiles {NumberText.Short(box.Q1)} and {NumberText.Short(box.Q3)}");

    /// <summary>There and back, and a gap before the next outline.</summary>
    private static IEnumerable<double> Closed(IEnumerable<double> there, IEnumerable<double> back) =>
        there.Concat(back).Append(there.First()).Append(double.NaN);
}
