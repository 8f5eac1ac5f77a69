namespace MlOps.Charts.Plotly;

/// <summary>Sizes of a figure in Plotly: margins and height in pixels, plots in shares of what is between.</summary>
internal sealed record PlotlyPage(Figure Figure, Panel[] Panels, double Height, double MarginTop, double MarginBottom, string[] Title, string[] Subtitle)
{
    internal const double TitleSize = 16;
    internal const double SubtitleSize = 13;

    /// <summary>Plotly does not wrap; lines of this width fit a phone of 390 pixels.</summary>
    private const double LineWidth = 340;

    // Bold letters are wider than the table of widths says.
    private const double BoldLineWidth = 300;

    private const double AxisSpace = 56;
    private const double LegendSpace = 28;

    /// <summary>Gets whether one legend is drawn, for all plots together.</summary>
    internal bool HasLegend => Panels.Any(p => Captions.NeedsLegend(p.Figure));

    internal static PlotlyPage Of(Figure figure)
    {
        string[] title = PageSizes.Lines(figure.Title, TitleSize, BoldLineWidth);
        string[] subtitle = PageSizes.Lines(Captions.Subtitle(figure), SubtitleSize, LineWidth);
        double top = 16 + title.Length * TitleSize * 1.3 + subtitle.Length * SubtitleSize * 1.35 + (subtitle.Length > 0 ? 22 : title.Length > 0 ? 10 : 0);
        return figure.Cells.Length > 0 ? OfGrid(figure, title, subtitle, top) : OfOne(figure, title, subtitle, top);
    }

    private static PlotlyPage OfOne(Figure figure, string[] title, string[] subtitle, double top)
    {
        bool parallel = figure.Traces[0] is ParallelTrace;
        double bottom = (figure.IsCartesian ? AxisSpace : parallel ? 28 : 12) + (Captions.NeedsLegend(figure) ? LegendSpace : 0);
        top += PageSizes.LabelsAbove(figure) + (parallel ? 40 : 0); // its axis names stand above the plot
        double height = figure.FixedHeight ?? PageSizes.PlotHeight(figure) + top + bottom;
        double right = ColourBar(figure) ? 0.9 : 1;
        return new PlotlyPage(figure, [new Panel(figure, 0, 0, right, 0, 1)], height, top, bottom, title, subtitle);
    }

    private static PlotlyPage OfGrid(Figure figure, string[] title, string[] subtitle, double top)
    {
        int rows = (figure.Cells.Length + figure.Columns - 1) / figure.Columns;
        double caption = figure.Cells.Max(c => CaptionLines(c, figure.Columns)) * 17 + 12 + figure.Cells.Max(CellLabels);
        double plot = figure.Cells.Max(PageSizes.PlotHeight) * 0.8;
        double axis = figure.Cells.Any(c => c.IsCartesian) ? AxisSpace : 14;
        double inside = rows * (caption + plot) + (rows - 1) * axis;
        double bottom = axis + (figure.Cells.Any(Captions.NeedsLegend) ? LegendSpace : 0);
        double gap = figure.Columns == 1 ? 0 : (figure.Cells.Any(c => c.IsCartesian) ? 0.36 : 0.1) / figure.Columns;
        double width = (1 - gap * (figure.Columns - 1)) / figure.Columns;
        var panels = new Panel[figure.Cells.Length];
        for (int i = 0; i < panels.Length; i++)
        {
            double left = i % figure.Columns * (width + gap);
            double fromTop = i / figure.Columns * (caption + plot + axis) + caption;
            Figure cell = figure.Cells[i];
            panels[i] = new Panel(cell, i, left, left + width * (ColourBar(cell) ? 0.85 : 1), 1 - (fromTop + plot) / inside, 1 - fromTop / inside);
        }

        return new PlotlyPage(figure, panels, figure.FixedHeight ?? inside + top + bottom, top, bottom, title, subtitle);
    }

    /// <summary>Title and subtitle above one plot of a grid.</summary>
    internal static (string[] Title, string[] Subtitle) CellCaption(Figure cell, int columns)
    {
        double width = LineWidth / columns + 60;
        return (PageSizes.Lines(cell.Title, SubtitleSize, width), PageSizes.Lines(Captions.Subtitle(cell), SubtitleSize, width));
    }

    private static int CaptionLines(Figure cell, int columns)
    {
        (string[] title, string[] subtitle) = CellCaption(cell, columns);
        return title.Length + subtitle.Length;
    }

    /// <summary>What stands between that title and the plot: labels of vertical lines, names of parallel axes.</summary>
    internal static double CellLabels(Figure cell) => PageSizes.LabelsAbove(cell) + (cell.Traces is [ParallelTrace, ..] ? 30 : 0);

    private static bool ColourBar(Figure figure) => figure.Traces is [HeatTrace { ShowsNumbers: false }, ..] || Captions.Shades(figure) is not null;
}
