namespace MlOps.Charts.Plotly;

/// <summary>Lines, points, areas, their error bars and confidence bands.</summary>
internal static class PointTraces
{
    private const int Gap = -1;

    internal static void Write(JsonText json, Panel panel, XyTrace trace, Style style, Entry entry)
    {
        if (trace.Ribbon is { } ribbon)
        {
            WriteRibbon(json, panel, trace, ribbon, style, entry.Shown);
        }

        json.Object(() =>
        {
            json.Set("type", "scatter");
            json.Set("mode", Mode(trace));
            entry.Write(json);
            Panel.Coordinates(json, "x", trace.X, panel.Domains!.X, trace.Drawn);
            double[] y = trace.Y.Numbers.ToArray();
            json.Numbers("y", trace.Drawn.Select(i => y[i]));
            panel.Axes(json);
            if (trace.Line)
            {
                WriteLine(json, style, 2.25);
                json.Set("connectgaps", false);
            }

            if (trace.Shades is { } shades)
            {
                WriteShades(json, panel, shades, trace.Drawn, trace.Drawn.Length > 500 ? 5 : 8);
            }
            else if (trace.Bubbles is { } bubbles)
            {
                json.Object("marker", () =>
                {
                    json.Set("color", style.Colour);
                    json.Numbers("size", trace.Drawn.Select(bubbles.Diameter));
                    json.Set("opacity", 0.6);
                    json.Set("symbol", Symbol(style.Marker));
                });
            }
            else if (trace.Markers)
            {
                WriteMarker(json, style, trace.Line ? 7 : trace.Drawn.Length > 500 ? 5 : 8, trace.Line ? 1 : trace.Drawn.Length > 500 ? 0.45 : 0.75);
            }

            if (trace.Area)
            {
                json.Set("fill", "tozeroy");
                json.Set("fillcolor", Palette.Fade(style.Colour, 0.25));
            }

            if (trace.Errors is { } errors)
            {
                WriteErrors(json, "error_y", errors, trace.Drawn, style.Colour);
            }
        });
    }

    internal static void Write(JsonText json, Panel panel, SwarmTrace trace) => json.Object(() =>
    {
        json.Set("type", "scatter");
        json.Set("mode", "markers");
        json.Set("showlegend", false);
        json.Numbers("x", trace.Points.Select(p => p.Across));
        json.Numbers("y", trace.Points.Select(p => p.Down));
        json.Texts("text", trace.Points.Select(p => $"{trace.Groups[(int)Math.Round(p.Down)]}: {NumberText.Short(p.Across)}"));
        json.Set("hoverinfo", "text");
        panel.Axes(json);
        WriteShades(json, panel, trace.Shades, [.. trace.Points.Select(p => p.Point)], 5.5);
    });

    internal static void WriteLine(JsonText json, Style style, double width) => json.Object("line", () =>
    {
        json.Set("color", style.Colour);
        json.Set("width", width);
        json.Set("dash", style.Dash.Name);
    });

    internal static void WriteMarker(JsonText json, Style style, double size, double opacity) => json.Object("marker", () =>
    {
        json.Set("color", style.Colour);
        json.Set("size", size);
        json.Set("opacity", opacity);
        json.Set("symbol", Symbol(style.Marker));
        if (style.Marker == Marker.OpenCircle)
        {
            json.Object("line", () => json.Set("width", 1.5));
        }
    });

    private static void WriteShades(JsonText json, Panel panel, Shades shades, int[] drawn, double size) => json.Object("marker", () =>
    {
        json.Set("size", size);
        json.Set("opacity", 0.9);
        if (!shades.IsSpread)
        {
            json.Set("color", Palette.Of(Role.Neutral).Colour);
            return;
        }

        json.Numbers("color", drawn.Select(i => shades.Values[i]));
        json.Set("cmin", shades.Range.Low);
        json.Set("cmax", shades.Range.High);
        json.Scale("colorscale", Shades.Colours);
        json.Set("showscale", ReferenceEquals(shades, Captions.Shades(panel.Figure)));
        OtherTraces.WriteScale(json, panel, shades.Name);
    });

    internal static void WriteErrors(JsonText json, string name, Errors errors, int[] drawn, string colour) => json.Object(name, () =>
    {
        json.Set("type", "data");
        json.Set("symmetric", false);
        json.Numbers("array", drawn.Select(i => errors.Above[i]));
        json.Numbers("arrayminus", drawn.Select(i => errors.Below[i]));
        json.Set("color", colour);
        json.Set("thickness", 1.5);
        json.Set("width", 4);
    });

    private static string Mode(XyTrace trace) => (trace.Line, trace.Markers) switch
    {
        (true, true) => "lines+markers",
        (true, false) => "lines",
        _ => "markers",
    };

    private static string Symbol(Marker marker) => marker switch
    {
        Marker.Square => "square",
        Marker.TriangleUp => "triangle-up",
        Marker.TriangleDown => "triangle-down",
        Marker.Cross => "cross",
        Marker.X => "x",
        Marker.Diamond => "diamond",
        Marker.OpenCircle => "circle-open",
        _ => "circle",
    };

    /// <summary>One closed outline per run without gaps: there along the upper limits, back along the lower ones.</summary>
    private static void WriteRibbon(JsonText json, Panel panel, XyTrace trace, Ribbon ribbon, Style style, bool shown)
    {
        double[] x = panel.Domains!.X.Positions(trace.X);
        List<int[]> runs = RibbonRuns.Of(trace.Drawn, x, ribbon);
        int[] outline = [.. runs.SelectMany(run => run.Concat(run.Reverse()).Append(Gap))];
        bool[] upper = [.. runs.SelectMany(run => run.Select(_ => true).Concat(run.Select(_ => false)).Append(false))];
        json.Object(() =>
        {
            json.Set("type", "scatter");
            json.Set("mode", "lines");
            json.Text("name", ribbon.Label);
            json.Set("showlegend", shown);
            if (panel.Domains.X.Kind == ValueKind.Number)
            {
                double[] numbers = trace.X.Numbers.ToArray();
                json.Numbers("x", outline.Select(i => i == Gap ? double.NaN : numbers[i]));
            }
            else
            {
                string[] names = Inputs.Names(trace.X);
                json.Texts("x", outline.Select(i => i == Gap ? null : names[i]));
            }

            json.Numbers("y", outline.Select((i, at) => i == Gap ? double.NaN : upper[at] ? ribbon.High[i] : ribbon.Low[i]));
            panel.Axes(json);
            json.Set("fill", "toself");
            json.Set("fillcolor", Palette.Fade(style.Colour, 0.2));
            json.Object("line", () => json.Set("width", 0));
            json.Set("hoverinfo", "skip");
        });
    }
}
