namespace MlOps.Charts.Plotly;

/// <summary>Writes a figure for plotly.js. Only attributes that versions 2.34, 3 and 4 share.</summary>
internal static class PlotlyFigure
{
    internal static string Write(Figure figure)
    {
        PlotlyPage page = PlotlyPage.Of(figure);
        using var json = new JsonText();
        json.Object(() =>
        {
            json.Array("data", () => WriteTraces(json, page));
            json.Object("layout", () => PlotlyLayout.Write(json, page));
            json.Object("config", () =>
            {
                json.Set("responsive", true);
                json.Set("displaylogo", false);
                json.Set("displayModeBar", false); // on a phone it would cover the title; drag and double click still zoom
            });
        });
        return json.Finish();
    }

    private static void WriteTraces(JsonText json, PlotlyPage page)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (Panel panel in page.Panels)
        {
            bool legend = Captions.NeedsLegend(panel.Figure);
            for (int i = 0; i < panel.Figure.Traces.Length; i++)
            {
                // A series that returns in the next plot of a grid is named once.
                string name = Captions.Series(panel.Figure, i);
                bool shown = legend && named.Add($"{name}\0{panel.Styles[i].Colour}");
                WriteTrace(json, page, panel, panel.Figure.Traces[i], panel.Styles[i], new Entry(name, shown));
            }
        }
    }

    private static void WriteTrace(JsonText json, PlotlyPage page, Panel panel, Trace trace, Style style, Entry entry)
    {
        switch (trace)
        {
            case XyTrace xy:
                PointTraces.Write(json, panel, xy, style, entry);
                break;
            case BarTrace bars:
                BarTraces.Write(json, panel, bars, style, entry);
                break;
            case BinsTrace bins:
                BarTraces.Write(json, panel, bins, style, entry);
                break;
            case WaterfallTrace waterfall:
                BarTraces.Write(json, panel, waterfall);
                break;
            case BoxTrace boxes:
                DistributionTraces.Write(json, panel, boxes, style);
                break;
            case ViolinTrace violins:
                DistributionTraces.Write(json, panel, violins, style);
                break;
            case SwarmTrace swarm:
                PointTraces.Write(json, panel, swarm);
                break;
            case SpanTrace spans:
                BarTraces.Write(json, panel, spans);
                break;
            case HeatTrace heat:
                OtherTraces.Write(json, panel, heat);
                break;
            case IndicatorTrace indicator:
                OtherTraces.Write(json, panel, indicator, page.Figure.Columns);
                break;
            case TableTrace table:
                OtherTraces.Write(json, panel, table);
                break;
            case ParallelTrace parallel:
                OtherTraces.Write(json, panel, parallel);
                break;
            default:
                throw new ArgumentException($"Unknown trace {trace.GetType().Name}.", nameof(trace));
        }
    }
}

/// <summary>What the legend says of a series, and whether it says it here.</summary>
internal sealed record Entry(string Name, bool Shown)
{
    internal void Write(JsonText json)
    {
        json.Text("name", Name);
        json.Set("showlegend", Shown);
    }
}
