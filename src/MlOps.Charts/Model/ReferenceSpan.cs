namespace MlOps.Charts.Model;

/// <summary>Where a reference line or band lies, and on which side its label stands.</summary>
/// <param name="Mark">What the user asked for.</param>
/// <param name="From">The line, or the lower end of the band, on its axis.</param>
/// <param name="To">The upper end of the band; equal to <paramref name="From"/> for a line.</param>
/// <param name="LabelAfter">A horizontal line: label above it. A vertical line: label to its right.</param>
/// <param name="Row">A vertical line: on which line above the plot its label stands, from below.</param>
internal sealed record ReferenceSpan(ReferenceMark Mark, double From, double To, bool LabelAfter, int Row)
{
    /// <summary>Two labels closer than this share of the axis would touch.</summary>
    private const double Touching = 0.07;

    internal bool IsBand => Mark.To is not null;

    internal static ReferenceSpan[] Of(Figure figure, Domains domains)
    {
        var spans = new ReferenceSpan[figure.References.Length];
        int row = 0;
        for (int i = 0; i < spans.Length; i++)
        {
            ReferenceMark mark = figure.References[i];
            AxisDomain axis = mark.OnX ? domains.X : domains.Y;
            double from = axis.Position(mark.From, "from");
            double to = mark.To is { } end ? axis.Position(end, "to") : from;
            if (mark.To is not null && axis.Kind == ValueKind.Text)
            {
                (from, to) = (from - 0.5, to + 0.5); // whole categories, not from the middle of one to the middle of another
            }

            spans[i] = new ReferenceSpan(mark, from, to, LabelAfter: true, mark.OnX && mark.Label.Length > 0 ? row++ : 0);
        }

        // What lies beyond the limits that the user set for an axis is not drawn.
        spans = [.. spans.Where(s => s.IsOn(s.Mark.OnX ? domains.X : domains.Y))];
        return [.. spans.Select(s => s with { LabelAfter = HasRoom(s, spans, s.Mark.OnX ? domains.X : domains.Y) })];
    }

    private bool IsOn(AxisDomain axis) => From <= axis.High && To >= axis.Low;

    private static bool HasRoom(ReferenceSpan span, ReferenceSpan[] all, AxisDomain axis)
    {
        double length = axis.High - axis.Low;
        double share = (span.From - axis.Low) / length;
        if (span.Mark.OnX)
        {
            return share < 0.6;
        }

        return share < 1 - Touching
            && !all.Any(o => o.Mark.OnX == span.Mark.OnX && !o.IsBand && o.From > span.From && o.From - span.From < Touching * length);
    }
}
