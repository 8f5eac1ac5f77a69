namespace MlOps.Charts.Svg;

/// <summary>The legend: a row of keys below the plots, wrapped where it is full.</summary>
internal sealed class Legend
{
    private const double Row = 22;
    private const double Key = 30;
    private readonly List<(Trace Trace, Style Style, string Name, bool Ribbon, double X, double Y)> _entries = [];

    internal Legend(IEnumerable<Figure> figures, double width)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        (double x, double y) = (0, 0);
        foreach (Figure figure in figures.Where(Captions.NeedsLegend))
        {
            Style[] styles = Palette.Styles(figure);
            for (int i = 0; i < styles.Length; i++)
            {
                if (figure.Traces[i] is XyTrace { Ribbon: { } ribbon } && named.Add($"{ribbon.Label}\0{styles[i].Colour}"))
                {
                    Place(figure.Traces[i], styles[i], ribbon.Label, true);
                }

                string name = Captions.Series(figure, i);
                if (figure.Traces[i] is XyTrace or BarTrace or BinsTrace && named.Add($"{name}\0{styles[i].Colour}"))
                {
                    Place(figure.Traces[i], styles[i], name, false);
                }
            }
        }

        void Place(Trace trace, Style style, string name, bool ribbon)
        {
            string shown = TextMeasure.Shorten(name, Ink.Label, width - Key - 8);
            double needed = Key + TextMeasure.Width(shown, Ink.Label) + 18;
            if (x > 0 && x + needed > width)
            {
                (x, y) = (0, y + Row);
            }

            _entries.Add((trace, style, shown, ribbon, x, y));
            x += needed;
        }
    }

    internal double Height => _entries.Count == 0 ? 0 : _entries[^1].Y + Row + 4;

    internal void Draw(SvgText svg, double left, double top)
    {
        foreach ((Trace trace, Style style, string name, bool ribbon, double x, double y) in _entries)
        {
            DrawKey(svg, trace, style, ribbon, left + x, top + y + Row / 2);
            svg.Text(left + x + Key, top + y + Row / 2 + 4, name, Ink.Label, kind: "legend");
        }
    }

    private static void DrawKey(SvgText svg, Trace trace, Style style, bool ribbon, double x, double y)
    {
        switch (trace)
        {
            case XyTrace when ribbon:
                svg.Rect(new Box(x, y - 6, 24, 12), style.Colour, opacity: 0.2);
                break;
            case BarTrace:
                svg.Rect(new Box(x + 4, y - 6, 16, 12), BarPatterns.Fill(style));
                break;
            case BinsTrace { Outline: false }:
                svg.Rect(new Box(x + 4, y - 6, 16, 12), style.Colour, opacity: 0.7);
                break;
            case XyTrace { Line: false }:
                svg.Marker(style.Marker, x + 12, y, 8, style.Colour);
                break;
            default:
                svg.Path($"M{SvgText.N(x)} {SvgText.N(y)}H{SvgText.N(x + 24)}", style.Colour, 2.25, dash: style.Dash.Lengths);
                if (trace is XyTrace { Markers: true })
                {
                    svg.Marker(style.Marker, x + 12, y, 7, style.Colour);
                }

                break;
        }
    }
}
