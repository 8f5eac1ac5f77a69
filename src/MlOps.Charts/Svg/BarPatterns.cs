namespace MlOps.Charts.Svg;

/// <summary>White marks over the colour of a bar. The name of a pattern says all about it, so pictures on one page may share names.</summary>
internal static class BarPatterns
{
    private const int Tile = 8;

    internal static string Fill(Style style) => style.Pattern == Pattern.None ? style.Colour : $"url(#{Id(style)})";

    internal static void Define(SvgText svg, IEnumerable<Style> styles)
    {
        foreach (Style style in styles.Where(s => s.Pattern != Pattern.None).Distinct())
        {
            svg.Open("pattern", ("id", Id(style)), ("width", SvgText.N(Tile)), ("height", SvgText.N(Tile)), ("patternUnits", "userSpaceOnUse"));
            svg.Rect(new Box(0, 0, Tile, Tile), style.Colour);
            svg.Element("path", ("d", Shape(style.Pattern)), ("fill", "none"), ("stroke", "#FFFFFF"), ("stroke-opacity", "0.6"), ("stroke-width", "1.4"), ("stroke-linecap", style.Pattern == Pattern.Dots ? "round" : ""));
            svg.Close("pattern");
        }
    }

    private static string Id(Style style) => $"mlops-{style.Colour[1..]}-{style.Pattern}";

    private static string Shape(Pattern pattern) => pattern switch
    {
        Pattern.Slash => "M-2 2L2 -2M0 8L8 0M6 10L10 6",
        Pattern.Backslash => "M-2 6L2 10M0 0L8 8M6 -2L10 2",
        Pattern.Dots => "M2 2h0.01M6 6h0.01",
        Pattern.Rows => "M0 4H8",
        _ => "M0 4H8M4 0V8",
    };
}
