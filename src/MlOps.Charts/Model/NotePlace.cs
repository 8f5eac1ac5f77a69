namespace MlOps.Charts.Model;

/// <summary>Where the text of a note stands: above its place and towards the middle, unless it would leave the plot or cover a label.</summary>
internal static class NotePlace
{
    private const double Across = 26;
    private const double Up = 32;

    /// <summary>Two lines of text closer than this would touch.</summary>
    private const double Touching = 18;

    /// <summary>From the place to the text, in pixels; negative is left and up.</summary>
    internal static (double X, double Y) Offset(Figure figure, Domains domains, double x, double y)
    {
        double height = PageSizes.PlotHeight(figure);
        double share = (y - domains.Y.Low) / (domains.Y.High - domains.Y.Low);
        double fromTop = height * (domains.Y.Reversed ? share : 1 - share);
        double[] labels = [.. ReferenceSpan.Of(figure, domains).Where(s => !s.Mark.OnX && s.Mark.Label.Length > 0).Select(s => Middle(s, domains.Y, height))];
        bool Free(double dy) => fromTop + dy > 6 && fromTop + dy < height - 6 && !labels.Any(l => Math.Abs(l - fromTop - dy) < Touching);
        double side = (x - domains.X.Low) / (domains.X.High - domains.X.Low) > 0.5 ? -Across : Across;

        // Below a rising line there is room on the far side, hence the change of sides.
        return Free(-Up) || !Free(Up) ? (side, fromTop > Up + 6 ? -Up : Up) : (-side, Up);
    }

    /// <summary>The middle of a label's line, from the top of the plot.</summary>
    private static double Middle(ReferenceSpan span, AxisDomain axis, double height)
    {
        double at = height * (1 - (span.To - axis.Low) / (axis.High - axis.Low));
        return at + (span.IsBand || !span.LabelAfter ? 9 : -9);
    }
}
