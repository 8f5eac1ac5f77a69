namespace MlOps.Charts.Svg;

/// <summary>Draws one plot into a box: axes, bands, marks, lines, labels, in this order.</summary>
internal static class PanelPicture
{
    internal static void Draw(SvgText svg, Figure figure, Box outer)
    {
        if (figure.IsCartesian)
        {
            DrawPlot(svg, figure, outer);
            return;
        }

        switch (figure.Traces[0])
        {
            case IndicatorTrace indicator:
                PlainMarks.Draw(svg, outer, indicator);
                break;
            case TableTrace table:
                PlainMarks.Draw(svg, outer, table);
                break;
            case ParallelTrace parallel:
                PlainMarks.Draw(svg, outer, parallel);
                break;
            default:
                throw new ArgumentException($"Unknown trace {figure.Traces[0].GetType().Name}.", nameof(figure));
        }
    }

    private static void DrawPlot(SvgText svg, Figure figure, Box whole)
    {
        HeatTrace? scaled = figure.Traces[0] is HeatTrace { ShowsNumbers: false } heat ? heat : null;
        Shades? shades = Captions.Shades(figure);
        Box outer = scaled is null && shades is null ? whole : whole with { Width = whole.Width - HeatMarks.ScaleSpace };
        Domains domains = Domains.Of(figure);
        var plot = new Plot(figure, domains, Axes.Area(figure, domains, outer));
        Axes.Draw(svg, plot, outer);
        if (scaled is not null)
        {
            HeatMarks.DrawScale(svg, plot.Area, scaled);
        }
        else if (shades is not null)
        {
            HeatMarks.DrawScale(svg, plot.Area, shades);
        }

        // A picture inside the picture cuts what lies outside the axes, without a named clip path.
        Box area = plot.Area;
        string place = $"{SvgText.N(area.X)} {SvgText.N(area.Y)} {SvgText.N(area.Width)} {SvgText.N(area.Height)}";
        svg.Open("svg", ("x", SvgText.N(area.X)), ("y", SvgText.N(area.Y)), ("width", SvgText.N(area.Width)), ("height", SvgText.N(area.Height)), ("viewBox", place));
        References.DrawBands(svg, plot);
        Style[] styles = Palette.Styles(figure);
        for (int i = 0; i < styles.Length; i++)
        {
            DrawTrace(svg, plot, figure.Traces[i], styles[i]);
        }

        svg.Close("svg");
        Axes.DrawLines(svg, plot);
        References.DrawLines(svg, plot);
        References.DrawLabels(svg, plot);
        References.DrawNotes(svg, plot);
    }

    private static void DrawTrace(SvgText svg, Plot plot, Trace trace, Style style)
    {
        switch (trace)
        {
            case XyTrace xy:
                PointMarks.Draw(svg, plot, xy, style);
                break;
            case BarTrace bars:
                BarMarks.Draw(svg, plot, bars, style);
                break;
            case BinsTrace bins:
                BarMarks.Draw(svg, plot, bins, style);
                break;
            case WaterfallTrace waterfall:
                BarMarks.Draw(svg, plot, waterfall);
                break;
            case BoxTrace boxes:
                DistributionMarks.Draw(svg, plot, boxes, style);
                break;
            case ViolinTrace violins:
                DistributionMarks.Draw(svg, plot, violins, style);
                break;
            case SwarmTrace swarm:
                PointMarks.Draw(svg, plot, swarm);
                break;
            case SpanTrace spans:
                BarMarks.Draw(svg, plot, spans);
                break;
            case HeatTrace heat:
                HeatMarks.Draw(svg, plot, heat);
                break;
            default:
                throw new ArgumentException($"Unknown trace {trace.GetType().Name}.", nameof(trace));
        }
    }
}
