namespace MlOps.Charts.Svg;

/// <summary>Draws a figure as a picture of its own: light ground, title, plots, legend.</summary>
internal static class SvgFigure
{
    private const double Width = 720;
    private const double Margin = 16;
    private const double Inner = Width - 2 * Margin;

    internal static string Draw(Figure figure)
    {
        string[] title = PageSizes.Lines(figure.Title, Ink.Title, Inner);
        string[] subtitle = PageSizes.Lines(Captions.Subtitle(figure), Ink.Subtitle, Inner);
        Figure[] figures = figure.Cells.Length > 0 ? [.. figure.Cells] : [figure];
        var legend = new Legend(figures, Inner);
        double top = Margin + title.Length * 22 + subtitle.Length * 18 + (title.Length + subtitle.Length > 0 ? 10 : 0);
        double plots = figure.FixedHeight - top - legend.Height - Margin ?? Grid.Height(figure);
        double height = top + Math.Max(60, plots) + legend.Height + Margin;

        var svg = new SvgText();
        Open(svg, figure, height, figures);
        double y = Margin;
        foreach (string line in title)
        {
            svg.Text(Margin, y + 16, line, Ink.Title, bold: true);
            y += 22;
        }

        foreach (string line in subtitle)
        {
            svg.Text(Margin, y + 13, line, Ink.Subtitle, colour: Ink.Muted);
            y += 18;
        }

        Grid.Draw(svg, figure, new Box(Margin, top, Inner, Math.Max(60, plots)));
        legend.Draw(svg, Margin, height - Margin - legend.Height + 4);
        svg.Close("svg");
        return svg.ToString();
    }

    private static void Open(SvgText svg, Figure figure, double height, Figure[] figures)
    {
        svg.Open(
            "svg", ("xmlns", "http://www.w3.org/2000/svg"), ("width", SvgText.N(Width)), ("height", SvgText.N(height)),
            ("viewBox", $"0 0 {SvgText.N(Width)} {SvgText.N(height)}"), ("role", "img"), ("style", "max-width:100%;height:auto"),
            ("font-family", "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"));
        svg.Raw("\n");
        svg.Content("title", figure.Title.Length > 0 ? figure.Title : KindName.Of(figure));
        svg.Content("desc", figure.ToString());
        if (figures.Any(f => f.Traces.OfType<BarTrace>().Any()))
        {
            svg.Open("defs");
            BarPatterns.Define(svg, figures.SelectMany(Palette.Styles));
            svg.Close("defs");
        }

        svg.Element(
            "rect", ("x", "0.5"), ("y", "0.5"), ("width", SvgText.N(Width - 1)), ("height", SvgText.N(height - 1)), ("rx", "10"),
            ("fill", Ink.Ground), ("stroke", Ink.Edge));
    }
}
