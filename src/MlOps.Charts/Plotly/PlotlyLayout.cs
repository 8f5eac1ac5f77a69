namespace MlOps.Charts.Plotly;

/// <summary>The layout: title, margins, axes, legend.</summary>
internal static class PlotlyLayout
{
    private const string Clear = "rgba(0,0,0,0)";

    internal static void Write(JsonText json, PlotlyPage page)
    {
        WriteTitle(json, page);
        json.Set("autosize", true);
        json.Set("height", page.Height);
        json.Object("margin", () =>
        {
            json.Set("l", page.Figure.IsCartesian || page.Figure.Cells.Length > 0 ? 52 : page.Figure.Traces[0] is ParallelTrace ? 54 : 16);
            json.Set("r", page.Figure.Traces is [ParallelTrace, ..] ? 54 : 16);
            json.Set("t", page.MarginTop);
            json.Set("b", page.MarginBottom);
        });
        json.Set("paper_bgcolor", Clear);
        if (page.Panels.Any(p => p.Domains is not null))
        {
            json.Set("plot_bgcolor", Clear);
        }

        json.Object("font", () =>
        {
            json.Set("family", "system-ui, -apple-system, Segoe UI, Roboto, sans-serif");
            json.Set("size", 13);
            json.Set("color", "#7D7D7D");
        });
        json.Set("hovermode", "closest");
        WriteLegend(json, page);
        WriteBars(json, page);
        foreach (Panel panel in page.Panels.Where(p => p.Domains is not null))
        {
            PlotlyAxes.Write(json, panel);
        }

        json.Array("shapes", () => PlotlyMarks.WriteShapes(json, page));
        json.Array("annotations", () => PlotlyMarks.WriteAnnotations(json, page));
    }

    private static void WriteTitle(JsonText json, PlotlyPage page)
    {
        if (page.Title.Length + page.Subtitle.Length == 0)
        {
            return;
        }

        json.Object("title", () =>
        {
            json.Markup("text", page.Title.Length == 0 ? "" : $"<b>{Join(page.Title)}</b>");
            json.Object("font", () => json.Set("size", PlotlyPage.TitleSize));
            json.Set("xref", "container");
            json.Set("x", 0);
            json.Set("xanchor", "left");
            json.Set("yref", "container");
            json.Set("y", 1);
            json.Set("yanchor", "top");
            json.Object("pad", () =>
            {
                json.Set("l", 12);
                json.Set("t", 14);
            });
            json.Object("subtitle", () =>
            {
                json.Markup("text", Join(page.Subtitle));
                json.Object("font", () => json.Set("size", PlotlyPage.SubtitleSize));
            });
        });
    }

    private static void WriteLegend(JsonText json, PlotlyPage page)
    {
        json.Set("showlegend", page.HasLegend);
        if (page.HasLegend)
        {
            json.Object("legend", () =>
            {
                json.Set("orientation", "h");
                json.Set("xref", "container");
                json.Set("x", 0.02);
                json.Set("xanchor", "left");
                json.Set("yref", "container");
                json.Set("y", 0.01);
                json.Set("yanchor", "bottom");
                json.Set("bgcolor", Clear);
            });
        }
    }

    private static void WriteBars(JsonText json, PlotlyPage page)
    {
        if (page.Panels.Any(p => p.Figure.Traces.Any(t => t is BarTrace or BinsTrace { Outline: false })))
        {
            json.Set("barmode", "overlay"); // every bar carries its place
            json.Set("bargap", 0.25);
        }
    }

    private static string Join(string[] lines) => string.Join("<br>", lines.Select(JsonText.Encode));
}
