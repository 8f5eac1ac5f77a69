namespace MlOps.Charts.Svg;

/// <summary>Draws reference bands, lines and notes.</summary>
internal static class References
{
    internal static void DrawBands(SvgText svg, Plot plot)
    {
        foreach (ReferenceSpan span in ReferenceSpan.Of(plot.Figure, plot.Domains).Where(s => s.IsBand))
        {
            Box area = plot.Area;
            Scale scale = span.Mark.OnX ? plot.X : plot.Y;
            (double a, double b) = (Inside(scale, span.From), Inside(scale, span.To));
            (double near, double far) = (Math.Min(a, b), Math.Max(a, b));
            Box band = span.Mark.OnX ? new Box(near, area.Y, far - near, area.Height) : new Box(area.X, near, area.Width, far - near);
            svg.Rect(band, Palette.Of(span.Mark.Role).Colour, "band", 0.16);
        }
    }

    internal static void DrawLines(SvgText svg, Plot plot)
    {
        Box area = plot.Area;
        foreach (ReferenceSpan span in ReferenceSpan.Of(plot.Figure, plot.Domains).Where(s => !s.IsBand))
        {
            string colour = span.Mark.Role == Role.Neutral ? Ink.Muted : Palette.Of(span.Mark.Role).Colour;
            double at = (span.Mark.OnX ? plot.X : plot.Y)[span.From];
            if (span.Mark.OnX)
            {
                svg.Line(at, area.Y, at, area.Bottom, colour, 1.5, "7 5", "threshold");
            }
            else
            {
                svg.Line(area.X, at, area.Right, at, colour, 1.5, "7 5", "threshold");
            }
        }
    }

    internal static void DrawLabels(SvgText svg, Plot plot)
    {
        Box area = plot.Area;
        foreach (ReferenceSpan span in ReferenceSpan.Of(plot.Figure, plot.Domains).Where(s => s.Mark.Label.Length > 0))
        {
            Scale scale = span.Mark.OnX ? plot.X : plot.Y;
            string label = TextMeasure.Shorten(span.Mark.Label, Ink.Tick, area.Width - 8);
            if (span.Mark.OnX)
            {
                double at = Inside(scale, span.IsBand && !span.LabelAfter ? span.To : span.From);
                svg.Text(at + (span.LabelAfter ? -1 : 1), area.Y - 5 - span.Row * PageSizes.LabelRow, label, Ink.Tick, span.LabelAfter ? "start" : "end", Ink.Muted);
            }
            else if (span.IsBand)
            {
                svg.Text(area.X + 5, Inside(scale, span.To) + 14, label, Ink.Tick, "start", Ink.Muted, halo: true);
            }
            else
            {
                svg.Text(area.Right - 4, Inside(scale, span.From) + (span.LabelAfter ? -5 : 14), label, Ink.Tick, "end", Ink.Text, halo: true);
            }
        }
    }

    internal static void DrawNotes(SvgText svg, Plot plot)
    {
        foreach (Note note in plot.Figure.Notes)
        {
            double px = plot.Domains.X.Position(note.X, "x");
            double py = plot.Domains.Y.Position(note.Y, "y");
            if (!plot.Domains.X.Shows(px) || !plot.Domains.Y.Shows(py))
            {
                continue;
            }

            (double dx, double dy) = NotePlace.Offset(plot.Figure, plot.Domains, px, py);
            (double x, double y) = (plot.X[px], plot.Y[py]);
            double length = Math.Sqrt(dx * dx + dy * dy);
            (double tipX, double tipY) = (x + 5 * dx / length, y + 5 * dy / length);
            svg.Line(x + dx, y + dy, tipX, tipY, Ink.Muted, 1.2, kind: "note");
            svg.Path(Arrow(tipX, tipY, dx / length, dy / length), Ink.Muted, 1, Ink.Muted);
            svg.Text(x + dx + Math.Sign(dx) * 3, y + dy + (dy < 0 ? 0 : 9), note.Text, Ink.Tick, dx < 0 ? "end" : "start", halo: true);
        }
    }

    private static string Arrow(double x, double y, double ux, double uy) =>
        $"M{SvgText.N(x)} {SvgText.N(y)}L{SvgText.N(x + 7 * ux - 3 * uy)} {SvgText.N(y + 7 * uy + 3 * ux)}L{SvgText.N(x + 7 * ux + 3 * uy)} {SvgText.N(y + 7 * uy - 3 * ux)}z";

    /// <summary>The pixel of a position, not beyond the ends of the axis.</summary>
    private static double Inside(Scale scale, double position) => scale[Math.Clamp(position, scale.Domain.Low, scale.Domain.High)];
}
