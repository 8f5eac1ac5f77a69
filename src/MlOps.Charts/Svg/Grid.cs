namespace MlOps.Charts.Svg;

/// <summary>Places the plots of a figure: one, or rows and columns of them, each under its own title.</summary>
internal static class Grid
{
    private const double Gap = 22;
    private const double AxisSpace = 40;
    private const double TitleSize = 14;
    private const double TitleLine = 18;

    internal static double Height(Figure figure)
    {
        if (figure.Cells.Length == 0)
        {
            return PageSizes.PlotHeight(figure) + Extra(figure);
        }

        int rows = (figure.Cells.Length + figure.Columns - 1) / figure.Columns;
        double cell = figure.Cells.Max(c => PageSizes.PlotHeight(c) * 0.8 + Extra(c));
        double width = CellWidth(figure, new Box(0, 0, 688, 0));
        return rows * (cell + figure.Cells.Max(c => CaptionHeight(c, width))) + (rows - 1) * Gap;
    }

    internal static void Draw(SvgText svg, Figure figure, Box box)
    {
        if (figure.Cells.Length == 0)
        {
            PanelPicture.Draw(svg, figure, box);
            return;
        }

        int rows = (figure.Cells.Length + figure.Columns - 1) / figure.Columns;
        double width = CellWidth(figure, box);
        double height = (box.Height - Gap * (rows - 1)) / rows;
        double caption = figure.Cells.Max(c => CaptionHeight(c, width));
        for (int i = 0; i < figure.Cells.Length; i++)
        {
            Figure cell = figure.Cells[i];
            double x = box.X + i % figure.Columns * (width + Gap);
            double y = box.Y + i / figure.Columns * (height + Gap);
            DrawCaption(svg, cell, x, y, width);
            PanelPicture.Draw(svg, cell, new Box(x, y + caption, width, height - caption));
        }
    }

    private static double Extra(Figure figure) => figure.IsCartesian ? AxisSpace + PageSizes.LabelsAbove(figure) : figure.Traces[0] is ParallelTrace ? 30 : 0;

    private static double CellWidth(Figure figure, Box box) => (box.Width - Gap * (figure.Columns - 1)) / figure.Columns;

    private static double CaptionHeight(Figure cell, double width)
    {
        int lines = PageSizes.Lines(cell.Title, TitleSize, width).Length + PageSizes.Lines(Captions.Subtitle(cell), Ink.Tick, width).Length;
        return lines == 0 ? 0 : lines * TitleLine + 6;
    }

    private static void DrawCaption(SvgText svg, Figure cell, double x, double y, double width)
    {
        foreach (string line in PageSizes.Lines(cell.Title, TitleSize, width))
        {
            svg.Text(x, y + 13, line, TitleSize, bold: true);
            y += TitleLine;
        }

        foreach (string line in PageSizes.Lines(Captions.Subtitle(cell), Ink.Tick, width))
        {
            svg.Text(x, y + 12, line, Ink.Tick, colour: Ink.Muted);
            y += TitleLine;
        }
    }
}
