namespace MlOps.Charts.Plotly;

/// <summary>Bars of every kind: per category, per bin, and stacked into a sum.</summary>
internal static class BarTraces
{
    internal static void Write(JsonText json, Panel panel, BarTrace trace, Style style, Entry entry) => json.Object(() =>
    {
        json.Set("type", "bar");
        json.Set("orientation", trace.Horizontal ? "h" : "v");
        entry.Write(json);
        json.Texts(trace.Horizontal ? "y" : "x", trace.Labels);
        json.Numbers(trace.Horizontal ? "x" : "y", trace.Lengths);
        panel.Axes(json);
        WriteGeometry(json, panel.Figure, trace, entry);
        json.Object("marker", () =>
        {
            json.Set("color", style.Colour);
            WritePattern(json, style);
        });
        if (BarLabels.Shown(panel.Figure))
        {
            json.Texts("text", trace.Lengths.Select(v => double.IsNaN(v) ? "" : NumberText.Short(v)));
            json.Set("textposition", "outside");
            json.Set("cliponaxis", false);
        }

        if (trace.Errors is { } errors)
        {
            PointTraces.WriteErrors(json, trace.Horizontal ? "error_x" : "error_y", errors, [.. Enumerable.Range(0, trace.Lengths.Length)], Palette.Grey);
        }
    });

    internal static void Write(JsonText json, Panel panel, BinsTrace trace, Style style, Entry entry) => json.Object(() =>
    {
        json.Set("type", trace.Outline ? "scatter" : "bar");
        entry.Write(json);
        if (trace.Outline)
        {
            (double[] x, double[] y) = BinsOutline.Of(trace);
            json.Set("mode", "lines");
            json.Numbers("x", x);
            json.Numbers("y", y);
            PointTraces.WriteLine(json, style, 2);
        }
        else
        {
            json.Numbers("x", trace.Heights.Select((_, i) => (trace.Edges[i] + trace.Edges[i + 1]) / 2));
            json.Numbers("y", trace.Heights);
            json.Set("width", trace.Edges[1] - trace.Edges[0]);
            json.Texts("hovertext", trace.Heights.Select((_, i) => $"{NumberText.Short(trace.Edges[i])} to {NumberText.Short(trace.Edges[i + 1])}"));
            json.Object("marker", () =>
            {
                json.Set("color", style.Colour);
                json.Set("opacity", 0.7);
            });
        }

        panel.Axes(json);
    });

    internal static void Write(JsonText json, Panel panel, WaterfallTrace trace) => json.Object(() =>
    {
        json.Set("type", "waterfall");
        json.Set("showlegend", false);
        json.Texts("measure", [.. trace.Changes.Select(_ => "relative"), "total"]);
        json.Texts("x", [.. trace.Labels, trace.Total]);
        json.Numbers("y", [.. trace.Changes, 0]);
        json.Texts("text", [.. trace.Changes.Select(NumberText.Signed), NumberText.Short(trace.Changes.Sum())]);
        json.Set("textposition", "outside");
        json.Set("cliponaxis", false);
        panel.Axes(json);
        foreach ((string part, Style style) in new[] { ("increasing", WaterfallStyle.Up), ("decreasing", WaterfallStyle.Down), ("totals", WaterfallStyle.Total) })
        {
            json.Object(part, () => json.Object("marker", () => json.Set("color", style.Colour)));
        }

        json.Object("connector", () => json.Object("line", () =>
        {
            json.Set("color", Palette.Grey);
            json.Set("width", 1);
        }));
    });

    internal static void Write(JsonText json, Panel panel, SpanTrace trace) => json.Object(() =>
    {
        json.Set("type", "bar");
        json.Set("orientation", "h");
        json.Set("showlegend", false);
        json.Texts("y", trace.Rows);
        json.Numbers("x", trace.From.Select((from, i) => trace.To[i] - from));
        json.Numbers("base", trace.From);
        json.Set("width", 2 * SpanTrace.HalfWidth);
        json.Texts("text", trace.Labels.Select((label, i) => trace.IsAlone(i) || Fits(label, Math.Abs(trace.To[i] - trace.From[i]), panel) ? label : ""));
        json.Set("textposition", trace.RowNames.Length == trace.Rows.Length ? "auto" : "inside");
        json.Set("insidetextanchor", "middle");
        json.Set("textangle", 0);
        json.Set("cliponaxis", false);
        json.Texts("hovertext", trace.Rows.Select((row, i) => $"{row} {trace.Labels[i]}: {NumberText.Short(trace.From[i])} to {NumberText.Short(trace.To[i])}"));
        json.Set("hoverinfo", "text");
        json.Object("marker", () =>
        {
            json.Texts("color", trace.Rows.Select((_, i) => trace.StyleOf(i).Colour));
            json.Object("line", () =>
            {
                json.Set("color", "rgba(255,255,255,0.7)");
                json.Set("width", 1);
            });
        });
        panel.Axes(json);
    });

    /// <summary>Plotly would shrink a text until it fits; nobody could read it.</summary>
    private static bool Fits(string label, double length, Panel panel)
    {
        const double PlotWidth = 420; // of a notebook on a laptop
        return TextMeasure.Width(label, 12) + 8 < PlotWidth * length / (panel.Domains!.X.High - panel.Domains.X.Low);
    }

    /// <summary>Places are ours, because Plotly has one bar mode for a whole page and a grid may mix them.</summary>
    private static void WriteGeometry(JsonText json, Figure figure, BarTrace trace, Entry entry)
    {
        BarGeometry geometry = BarGeometry.Of(figure, trace);
        json.Set("offset", geometry.Offset);
        json.Set("width", geometry.Width);
        if (figure.Bars == BarMode.Stacked)
        {
            // Plotly would show the height of the stack, not of the bar.
            json.Numbers("base", geometry.Bases);
            json.Texts("customdata", trace.Lengths.Select(NumberText.Short));
            json.Markup("hovertemplate", $"%{{{(trace.Horizontal ? "y" : "x")}}}: %{{customdata}}<extra>{JsonText.Encode(entry.Name)}</extra>");
        }
    }

    private static void WritePattern(JsonText json, Style style)
    {
        string shape = style.Pattern switch
        {
            Pattern.Slash => "/",
            Pattern.Dots => ".",
            Pattern.Backslash => "\\",
            Pattern.Grid => "+",
            Pattern.Rows => "-",
            _ => "",
        };
        if (shape.Length > 0)
        {
            json.Object("pattern", () =>
            {
                json.Set("shape", shape);
                json.Set("fillmode", "overlay");
                json.Set("fgcolor", "rgba(255,255,255,0.6)");
                json.Set("size", 7);
                json.Set("solidity", 0.25);
            });
        }
    }
}
