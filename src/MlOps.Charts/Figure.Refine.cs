namespace MlOps.Charts;

public sealed partial record Figure
{
    /// <summary>Draws the series of another figure over the same axes. Titles and axes of this figure are kept where it has them.</summary>
    /// <exception cref="ArgumentException">The figures hold different kinds of values on one axis, or one has no axes.</exception>
    public Figure Add(Figure other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!IsCartesian || !other.IsCartesian)
        {
            throw new ArgumentException($"Only plots with x and y axes can share them; this is a {KindName.Of(this)}, the other a {KindName.Of(other)}. Use Chart.Grid to show both.", nameof(other));
        }

        return Verified(
            this with
            {
                Traces = [.. Traces, .. other.Traces],
                References = [.. References, .. other.References],
                Notes = [.. Notes, .. other.Notes],
                Title = Title.Length > 0 ? Title : other.Title,
                Subtitle = Subtitle.Length > 0 ? Subtitle : other.Subtitle,
                X = X == new Axis() ? other.X : X,
                Y = Y == new Axis() ? other.Y : Y,
            },
            nameof(Add));
    }

    /// <summary>Gives the series drawn last a role: its colour, dash and marker.</summary>
    public Figure As(Role role)
    {
        if (!Enum.IsDefined(role))
        {
            throw new ArgumentOutOfRangeException(nameof(role), role, "Unknown role.");
        }

        return Traces.Length == 0
            ? throw new InvalidOperationException("A grid has no series of its own; give the role before joining the figures.")
            : this with { Traces = Traces.SetItem(Traces.Length - 1, Traces[^1] with { Role = role }) };
    }

    /// <summary>A labelled horizontal line, for example a limit and where it comes from.</summary>
    /// <param name="at">The value on the y axis.</param>
    /// <param name="label">What the line means and its source, for example <c>significant: 0.25, folklore</c>.</param>
    /// <param name="role">Alarm (vermilion) unless the line is only context.</param>
    public Figure Threshold(Value at, string label, Role role = Role.Alarm) => WithReference(false, at, null, label, role, nameof(Threshold));

    /// <summary>A labelled vertical line, for example when something happened.</summary>
    /// <param name="at">The number, date or category on the x axis.</param>
    /// <param name="label">What happened.</param>
    /// <param name="role">Neutral (grey) unless the line is a limit.</param>
    public Figure VerticalThreshold(Value at, string label, Role role = Role.Neutral) => WithReference(true, at, null, label, role, nameof(VerticalThreshold));

    /// <summary>A labelled horizontal band between two values of the y axis.</summary>
    public Figure Band(Value from, Value to, string label, Role role = Role.Neutral) => WithReference(false, from, to, label, role, nameof(Band));

    /// <summary>A labelled vertical band, for example a season. On a category axis it covers both end categories.</summary>
    public Figure VerticalBand(Value from, Value to, string label, Role role = Role.Neutral) => WithReference(true, from, to, label, role, nameof(VerticalBand));

    /// <summary>A text with an arrow to a place.</summary>
    /// <param name="x">The number, date or category on the x axis.</param>
    /// <param name="y">The value on the y axis.</param>
    /// <param name="text">A few words.</param>
    public Figure Annotate(Value x, Value y, string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return Verified(this with { Notes = Notes.Add(new Note(x, y, text)) }, nameof(Annotate));
    }

    /// <summary>Error bars of equal length below and above, on the series drawn last.</summary>
    /// <param name="plusMinus">Half lengths ≥ 0 in the unit of the values, one each; NaN draws none.</param>
    public Figure WithErrors(Values plusMinus) => WithErrors(plusMinus, plusMinus);

    /// <summary>Error bars on the series drawn last: a line, points or bars.</summary>
    /// <param name="below">Lengths ≥ 0 below each value; NaN draws none.</param>
    /// <param name="above">Lengths ≥ 0 above each value; NaN draws none.</param>
    /// <exception cref="ArgumentException">The lengths differ, or one is negative.</exception>
    public Figure WithErrors(Values below, Values above)
    {
        int count = LastCount(nameof(WithErrors));
        var errors = new Errors(Lengths(below, count, nameof(below)), Lengths(above, count, nameof(above)));
        Trace trace = Traces[^1] switch
        {
            XyTrace xy => xy with { Errors = errors },
            BarTrace bars => bars with { Errors = errors },
            _ => throw new InvalidOperationException($"Error bars belong to lines, points and bars; this is a {KindName.Of(this)}."),
        };
        return Verified(this with { Traces = Traces.SetItem(Traces.Length - 1, trace) }, nameof(WithErrors));
    }

    /// <summary>A confidence band around the line drawn last.</summary>
    /// <param name="low">Lower limits, one per value; NaN interrupts the band.</param>
    /// <param name="high">Upper limits, one per value; NaN interrupts the band.</param>
    /// <param name="label">What the band is, for example <c>95 % bootstrap</c>.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a lower limit is above the upper one.</exception>
    public Figure WithConfidence(Values low, Values high, string label)
    {
        int count = LastCount(nameof(WithConfidence));
        double[] lows = Limits(low, count, nameof(low));
        double[] highs = Limits(high, count, nameof(high));
        for (int i = 0; i < count; i++)
        {
            if (lows[i] > highs[i])
            {
                throw new ArgumentException($"low must not be above high; at {i} they are {NumberText.Short(lows[i])} and {NumberText.Short(highs[i])}.", nameof(low));
            }
        }

        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        return Traces[^1] is XyTrace { Line: true } line
            ? Verified(this with { Traces = Traces.SetItem(Traces.Length - 1, line with { Ribbon = new Ribbon(lows, highs, label) }) }, nameof(WithConfidence))
            : throw new InvalidOperationException($"A confidence band belongs to a line; this is a {KindName.Of(this)}.");
    }

    /// <summary>Colours the points drawn last by a value of each: low, over grey, to high, with a scale beside them.</summary>
    /// <param name="values">One number a point; NaN is light grey.</param>
    /// <param name="name">What the value is, with its unit.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="InvalidOperationException">The series drawn last is no scatter.</exception>
    public Figure Shaded(Values values, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        double[] shades = Limits(values, LastCount(nameof(Shaded)), nameof(values));
        return Traces[^1] is XyTrace { Line: false } points
            ? this with { Traces = Traces.SetItem(Traces.Length - 1, points with { Shades = new Shades(shades, name) }) }
            : throw new InvalidOperationException($"Shades belong to points; this is a {KindName.Of(this)}.");
    }

    /// <summary>Sizes the points drawn last by a value of each: the area of a marker is in proportion to it, but never too small to see.</summary>
    /// <param name="values">One number ≥ 0 a point.</param>
    /// <param name="name">What the value is, with its unit.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a value is missing or negative.</exception>
    /// <exception cref="InvalidOperationException">The series drawn last is no scatter, or has shades.</exception>
    public Figure Sized(Values values, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        double[] sizes = Lengths(values, LastCount(nameof(Sized)), nameof(values));
        if (Array.Exists(sizes, double.IsNaN))
        {
            throw new ArgumentException("Each point needs a size; one is missing.", nameof(values));
        }

        return Traces[^1] is XyTrace { Line: false, Shades: null } points
            ? this with { Traces = Traces.SetItem(Traces.Length - 1, points with { Bubbles = new Bubbles(sizes, name) }) }
            : throw new InvalidOperationException($"Sizes belong to points without shades; this is a {KindName.Of(this)}.");
    }

    private static double[] Limits(Values values, int count, string name)
    {
        Inputs.Numbers(values, name);
        return values.Count == count
            ? values.Numbers.ToArray()
            : throw new ArgumentException($"{name} needs one number per value of the series: the series has {count}, {name} has {values.Count}.", name);
    }

    private static double[] Lengths(Values values, int count, string name)
    {
        double[] lengths = Limits(values, count, name);
        int negative = Array.FindIndex(lengths, v => v < 0);
        return negative < 0 ? lengths : throw new ArgumentException(
            $"{name} holds lengths, which are ≥ 0; at {negative} it is {NumberText.Short(lengths[negative])}.", name);
    }

    private int LastCount(string what) => Traces.LastOrDefault() switch
    {
        XyTrace xy => xy.Y.Count,
        BarTrace bars => bars.Lengths.Length,
        _ => throw new InvalidOperationException($"{what} belongs to lines, points and bars; this is a {KindName.Of(this)}."),
    };

    private Figure WithReference(bool onX, Value from, Value? to, string label, Role role, string what)
    {
        ArgumentNullException.ThrowIfNull(label);
        return Verified(this with { References = References.Add(new ReferenceMark(onX, from, to, label, role)) }, what);
    }
}
