namespace MlOps.Charts.Plotly;

/// <summary>Heat maps, single numbers, tables and parallel coordinates.</summary>
internal static class OtherTraces
{
    internal static void Write(JsonText json, Panel panel, HeatTrace trace) => json.Object(() =>
    {
        (double low, double high) = trace.Range();
        json.Set("type", "heatmap");
        json.Texts("x", trace.Columns);
        json.Texts("y", trace.Rows);
        json.Rows("z", trace.Cells);
        json.Set("zmin", low);
        json.Set("zmax", high);
        json.Scale("colorscale", trace.Diverging ? Palette.Diverging : Palette.Sequential);
        json.Set("xgap", 1);
        json.Set("ygap", 1);
        json.Set("hoverongaps", false);
        json.Set("showscale", !trace.ShowsNumbers);
        panel.Axes(json);
        if (trace.ShowsNumbers)
        {
            json.TextRows("text", trace.Cells.Select(row => row.Select(v => double.IsNaN(v) ? "" : NumberText.Short(v))));
            json.Set("texttemplate", "%{text}");
        }
        else
        {
            WriteScale(json, panel, trace.Name);
        }
    });

    internal static void Write(JsonText json, Panel panel, IndicatorTrace trace, int columns) => json.Object(() =>
    {
        json.Set("type", "indicator");
        json.Set("mode", trace.Before is null ? "number" : "number+delta");
        json.Set("value", trace.Number);
        json.Object("title", () =>
        {
            json.Text("text", trace.Name);
            json.Object("font", () => json.Set("size", 13));
        });
        json.Object("number", () =>
        {
            json.Set("valueformat", ",.4~r");
            json.Text("suffix", trace.Unit.Length == 0 ? "" : " " + trace.Unit);
            json.Object("font", () => json.Set("size", columns switch { 1 => 44, 2 => 32, _ => 22 }));
        });
        if (trace.Before is { } before)
        {
            json.Object("delta", () =>
            {
                json.Set("reference", before);
                json.Set("valueformat", ",.4~r");
                json.Object("increasing", () => json.Set("color", trace.LowerIsBetter ? Palette.Vermilion : Palette.Blue));
                json.Object("decreasing", () => json.Set("color", trace.LowerIsBetter ? Palette.Blue : Palette.Vermilion));
                json.Object("font", () => json.Set("size", columns > 2 ? 15 : 20));
            });
        }

        panel.Place(json);
    });

    internal static void Write(JsonText json, Panel panel, TableTrace trace) => json.Object(() =>
    {
        string[] aligns = [.. trace.AreNumbers.Select(n => n ? "right" : "left")];
        json.Set("type", "table");
        panel.Place(json);
        json.Object("header", () =>
        {
            json.TextRows("values", trace.Headers.Select(h => new[] { h }));
            WriteCells(json, aligns, Palette.Fade(Palette.Grey, 0.18));
        });
        json.Object("cells", () =>
        {
            json.TextRows("values", trace.Columns);
            WriteCells(json, aligns, "rgba(0,0,0,0)");
        });
    });

    internal static void Write(JsonText json, Panel panel, ParallelTrace trace) => json.Object(() =>
    {
        json.Set("type", "parcoords");
        panel.Place(json);
        ParallelAxis colour = ParallelAxis.Of(trace, trace.ColourBy);
        json.Object("line", () =>
        {
            json.Numbers("color", trace.Drawn.Select(i => colour.Positions[i]));
            json.Scale("colorscale", ParallelAxis.Colours);
            json.Set("cmin", colour.Low);
            json.Set("cmax", colour.High);
        });
        json.Array("dimensions", () =>
        {
            for (int d = 0; d < trace.Dimensions.Length; d++)
            {
                ParallelAxis axis = ParallelAxis.Of(trace, d);
                json.Object(() =>
                {
                    json.Text("label", trace.Names[d]);
                    json.Numbers("values", trace.Drawn.Select(i => axis.Positions[i]));
                    json.Numbers("range", [axis.Low, axis.High]);
                    if (axis.Ticks is { } ticks)
                    {
                        json.Numbers("tickvals", ticks.Select(t => t.At));
                        json.Texts("ticktext", ticks.Select(t => t.Label));
                    }
                });
            }
        });
    });

    internal static void WriteScale(JsonText json, Panel panel, string name) => json.Object("colorbar", () =>
    {
        json.Set("thickness", 12);
        json.Set("outlinewidth", 0);
        json.Set("x", panel.Right + 0.01);
        json.Set("y", (panel.Bottom + panel.Top) / 2);
        json.Set("len", panel.Top - panel.Bottom);
        json.Object("title", () => json.Text("text", name));
    });

    private static void WriteCells(JsonText json, string[] aligns, string fill)
    {
        json.Texts("align", aligns);
        json.Set("height", PageSizes.TableRow);
        json.Object("fill", () => json.Set("color", fill));
        json.Object("line", () => json.Set("color", Palette.Fade(Palette.Grey, 0.35)));
    }
}
