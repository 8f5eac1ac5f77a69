using System.Collections.Immutable;

namespace MlOps.Charts;

/// <summary>A chart: immutable, made by <see cref="Chart"/>, refined by methods that return a new figure.</summary>
/// <remarks>
/// <code>
/// Chart.Line(months, psi, "income")
///     .Titled("PSI of income crosses the alarm line in month 10", "20,000 applications, January 2024 as reference")
///     .XAxis("month").YAxis("PSI", "nats")
///     .Band(0.1, 0.25, "moderate, folklore").Threshold(0.25, "significant, folklore")
/// </code>
/// A title states the finding; the subtitle says about whom and how many. More than six series in one plot are drawn,
/// but colours, dashes and markers then repeat: prefer <see cref="Chart.Grid"/>.
/// Thread-safe, as nothing changes.
/// </remarks>
public sealed partial record Figure
{
    internal Figure(params ImmutableArray<Trace> traces) => Traces = traces;

    /// <summary>Gets the finding; empty when none was given.</summary>
    public string Title { get; private init; } = "";

    /// <summary>Gets the population and its size; empty when none was given.</summary>
    public string Subtitle { get; private init; } = "";

    /// <summary>Gets the horizontal axis.</summary>
    public Axis X { get; internal init; } = new();

    /// <summary>Gets the vertical axis.</summary>
    public Axis Y { get; internal init; } = new();

    internal ImmutableArray<Trace> Traces { get; init; }

    internal ImmutableArray<ReferenceMark> References { get; init; } = [];

    internal ImmutableArray<Note> Notes { get; init; } = [];

    internal BarMode Bars { get; init; }

    internal string? Description { get; init; }

    internal int? FixedHeight { get; init; }

    /// <summary>Gets the figures of a grid; empty for a single plot.</summary>
    internal ImmutableArray<Figure> Cells { get; init; } = [];

    internal int Columns { get; init; } = 1;

    /// <summary>Gets whether the figure has an x and a y axis: no grid, table, indicator or parallel coordinates.</summary>
    internal bool IsCartesian => Traces.Length > 0 && Traces[0] is CartesianTrace;

    /// <summary>Sets the title and subtitle.</summary>
    /// <param name="finding">What the reader should see, as a sentence.</param>
    /// <param name="subtitle">The population and n, for example <c>test set, n = 20,000</c>.</param>
    public Figure Titled(string finding, string subtitle = "") =>
        this with { Title = Inputs.Text(finding, nameof(finding)), Subtitle = Inputs.Text(subtitle, nameof(subtitle)) };

    /// <summary>Names the horizontal axis and limits it.</summary>
    /// <param name="title">The quantity.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="min">The lower end of a numeric axis; null lets the data decide.</param>
    /// <param name="max">The upper end of a numeric axis; null lets the data decide.</param>
    /// <param name="log">Logarithmic; not for bars and areas, which start at zero.</param>
    /// <exception cref="ArgumentException">min ≥ max, or a logarithm is impossible.</exception>
    /// <exception cref="InvalidOperationException">The figure has no axes.</exception>
    public Figure XAxis(string title, string unit = "", double? min = null, double? max = null, bool log = false) =>
        Verified(this with { X = MakeAxis(title, unit, min, max, log) }, nameof(XAxis));

    /// <summary>Names the vertical axis and limits it.</summary>
    /// <param name="title">The quantity.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="min">The lower end of a numeric axis; null lets the data decide.</param>
    /// <param name="max">The upper end of a numeric axis; null lets the data decide.</param>
    /// <param name="log">Logarithmic; not for bars and areas, which start at zero.</param>
    /// <exception cref="ArgumentException">min ≥ max, or a logarithm is impossible.</exception>
    /// <exception cref="InvalidOperationException">The figure has no axes.</exception>
    public Figure YAxis(string title, string unit = "", double? min = null, double? max = null, bool log = false) =>
        Verified(this with { Y = MakeAxis(title, unit, min, max, log) }, nameof(YAxis));

    /// <summary>Fixes the height of the whole figure; the width follows the page.</summary>
    /// <param name="pixels">At least 120.</param>
    public Figure Height(int pixels) => this with { FixedHeight = Guard.AtLeast(pixels, 120) };

    /// <summary>Replaces the generated text alternative by a sentence of the author's.</summary>
    /// <param name="text">What someone who cannot see the picture needs to know.</param>
    /// <exception cref="ArgumentException">The text is blank.</exception>
    public Figure Describe(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        return this with { Description = text };
    }

    private static Axis MakeAxis(string title, string unit, double? min, double? max, bool log) => new(
        Inputs.Text(title, nameof(title)),
        Inputs.Text(unit, nameof(unit)),
        min is { } low ? Guard.Finite(low, nameof(min)) : null,
        max is { } high ? Guard.Finite(high, nameof(max)) : null,
        log);

    /// <summary>Works out the axes, so that what cannot be drawn is refused by the call that asked for it.</summary>
    private static Figure Verified(Figure figure, string what)
    {
        if (!figure.IsCartesian)
        {
            string kind = figure.Cells.Length > 0 ? "grid; refine its figures before joining them" : $"{KindName.Of(figure)}, which has no axes";
            throw new InvalidOperationException($"{what} needs a plot with x and y axes; this figure is a {kind}.");
        }

        _ = Domains.Of(figure);
        return figure;
    }
}
