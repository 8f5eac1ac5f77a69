namespace MlOps.Charts.Plotly;

/// <summary>Reference lines and bands with their labels, notes, and the captions of a grid.</summary>
internal static class PlotlyMarks
{
    private const double LabelSize = 12;

    internal static void WriteShapes(JsonText json, PlotlyPage page)
    {
        foreach (Panel panel in page.Panels.Where(p => p.Domains is not null))
        {
            foreach (ReferenceSpan span in ReferenceSpan.Of(panel.Figure, panel.Domains!))
            {
                json.Object(() => WriteShape(json, panel, span));
            }
        }
    }

    internal static void WriteAnnotations(JsonText json, PlotlyPage page)
    {
        foreach (Panel panel in page.Panels)
        {
            WriteCaption(json, page, panel);
            if (panel.Domains is not { } domains)
            {
                continue;
            }

            foreach (ReferenceSpan span in ReferenceSpan.Of(panel.Figure, domains).Where(s => s.Mark.Label.Length > 0))
            {
                json.Object(() => WriteLabel(json, panel, span));
            }

            foreach (Note note in panel.Figure.Notes)
            {
                json.Object(() => WriteNote(json, panel, domains, note));
            }
        }
    }

    private static void WriteShape(JsonText json, Panel panel, ReferenceSpan span)
    {
        (string along, string across) = span.Mark.OnX ? ("x", "y") : ("y", "x");
        AxisDomain axis = span.Mark.OnX ? panel.Domains!.X : panel.Domains!.Y;
        Style style = Palette.Of(span.Mark.Role);
        json.Set("type", span.IsBand ? "rect" : "line");
        json.Set("layer", span.IsBand ? "below" : "above");
        json.Set(along + "ref", along + panel.Suffix);
        Panel.Coordinate(json, along + "0", span.From, axis, asData: true);
        Panel.Coordinate(json, along + "1", span.To, axis, asData: true);
        json.Set(across + "ref", $"{across}{panel.Suffix} domain");
        json.Set(across + "0", 0);
        json.Set(across + "1", 1);
        if (span.IsBand)
        {
            json.Set("fillcolor", Palette.Fade(style.Colour, 0.16));
        }

        json.Object("line", () =>
        {
            json.Set("width", span.IsBand ? 0 : 1.5);
            if (!span.IsBand)
            {
                json.Set("color", span.Mark.Role == Role.Neutral ? Palette.Grey : style.Colour);
                json.Set("dash", "dash");
            }
        });
    }

    private static void WriteLabel(JsonText json, Panel panel, ReferenceSpan span)
    {
        AxisDomain axis = span.Mark.OnX ? panel.Domains!.X : panel.Domains!.Y;
        json.Text("text", span.Mark.Label);
        json.Set("showarrow", false);
        WriteLabelFont(json, over: !span.Mark.OnX && panel.Figure.Traces.Any(t => t is BarTrace or BinsTrace or WaterfallTrace or SpanTrace));
        if (span.Mark.OnX)
        {
            json.Set("xref", "x" + panel.Suffix);
            Panel.Coordinate(json, "x", Math.Clamp(span.IsBand && !span.LabelAfter ? span.To : span.From, axis.Low, axis.High), axis);
            json.Set("xanchor", span.LabelAfter ? "left" : "right");
            json.Set("yref", $"y{panel.Suffix} domain");
            json.Set("y", 1);
            json.Set("yanchor", "bottom");
            json.Set("yshift", span.Row * PageSizes.LabelRow);
        }
        else
        {
            json.Set("xref", $"x{panel.Suffix} domain");
            json.Set("x", span.IsBand ? 0 : 1);
            json.Set("xanchor", span.IsBand ? "left" : "right");
            json.Set("yref", "y" + panel.Suffix);
            Panel.Coordinate(json, "y", Math.Clamp(span.To, axis.Low, axis.High), axis);
            json.Set("yanchor", span.IsBand || !span.LabelAfter ? "top" : "bottom");
        }
    }

    /// <summary>Over bars neither the page's text colour nor its ground can be relied on, so a label there brings both.</summary>
    private static void WriteLabelFont(JsonText json, bool over)
    {
        json.Set("borderpad", 2);
        if (over)
        {
            json.Set("bgcolor", "rgba(85,85,85,0.85)");
        }

        json.Object("font", () =>
        {
            json.Set("size", LabelSize);
            if (over)
            {
                json.Set("color", "#FFFFFF");
            }
        });
    }

    private static void WriteNote(JsonText json, Panel panel, Domains domains, Note note)
    {
        double x = domains.X.Position(note.X, "x");
        double y = domains.Y.Position(note.Y, "y");
        json.Text("text", note.Text);
        json.Set("xref", "x" + panel.Suffix);
        Panel.Coordinate(json, "x", x, domains.X);
        json.Set("yref", "y" + panel.Suffix);
        Panel.Coordinate(json, "y", y, domains.Y);
        (double ax, double ay) = NotePlace.Offset(panel.Figure, domains, x, y);
        json.Set("ax", ax);
        json.Set("ay", ay);
        json.Set("xanchor", ax < 0 ? "right" : "left");
        json.Set("showarrow", true);
        json.Set("arrowhead", 2);
        json.Set("arrowwidth", 1.2);
        json.Set("arrowcolor", Palette.Grey);
        json.Object("font", () => json.Set("size", LabelSize));
    }

    /// <summary>Title and subtitle of one plot in a grid, above it.</summary>
    private static void WriteCaption(JsonText json, PlotlyPage page, Panel panel)
    {
        if (page.Figure.Cells.Length == 0)
        {
            return;
        }

        (string[] title, string[] subtitle) = PlotlyPage.CellCaption(panel.Figure, page.Figure.Columns);
        string[] lines = [.. title.Select(l => $"<b>{JsonText.Encode(l)}</b>"), .. subtitle.Select(JsonText.Encode)];
        if (lines.Length == 0)
        {
            return;
        }

        json.Object(() =>
        {
            json.Markup("text", string.Join("<br>", lines));
            json.Set("showarrow", false);
            json.Set("align", "left");
            json.Set("xref", "paper");
            json.Set("x", panel.Left);
            json.Set("xanchor", "left");
            json.Set("yref", "paper");
            json.Set("y", panel.Top);
            json.Set("yanchor", "bottom");
            json.Set("yshift", 4 + PlotlyPage.CellLabels(panel.Figure));
            json.Object("font", () => json.Set("size", PlotlyPage.SubtitleSize));
        });
    }
}
