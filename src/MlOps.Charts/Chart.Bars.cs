namespace MlOps.Charts;

public static partial class Chart
{
    /// <summary>One vertical bar per label, from zero, in the given order.</summary>
    /// <param name="labels">Names, numbers or dates; each becomes a category, none twice.</param>
    /// <param name="values">Numbers; a missing one leaves its place empty.</param>
    /// <param name="name">The series in the legend.</param>
    /// <param name="role">What the series means.</param>
    /// <exception cref="ArgumentException">Empty, unequal lengths, a label twice or blank.</exception>
    public static Figure Bar(Values labels, Values values, string name = "", Role role = Role.Series) =>
        Bars(labels, values, name, role, horizontal: false);

    /// <summary>One horizontal bar per label, the first on top: for long names and rankings.</summary>
    /// <param name="labels">Names, numbers or dates; each becomes a category, none twice.</param>
    /// <param name="values">Numbers; a missing one leaves its place empty.</param>
    /// <param name="name">The series in the legend.</param>
    /// <param name="role">What the series means.</param>
    /// <exception cref="ArgumentException">Empty, unequal lengths, a label twice or blank.</exception>
    public static Figure HorizontalBar(Values labels, Values values, string name = "", Role role = Role.Series) =>
        Bars(labels, values, name, role, horizontal: true);

    /// <summary>Bars of several series side by side.</summary>
    /// <param name="labels">The categories, shared by all series.</param>
    /// <param name="series">Name and values of each series: <c>("2024", [1, 2]), ("2025", [3, 4])</c>.</param>
    /// <exception cref="ArgumentException">No series, unequal lengths, a label twice or blank.</exception>
    public static Figure GroupedBars(Values labels, params (string Name, Values Values)[] series) => Joined(labels, series, BarMode.Grouped);

    /// <summary>Bars of several series on top of each other; negative values stack downwards.</summary>
    /// <param name="labels">The categories, shared by all series.</param>
    /// <param name="series">Name and values of each series.</param>
    /// <exception cref="ArgumentException">No series, unequal lengths, a label twice or blank.</exception>
    public static Figure StackedBars(Values labels, params (string Name, Values Values)[] series) => Joined(labels, series, BarMode.Stacked);

    /// <summary>Changes that add up from zero to a total.</summary>
    /// <param name="labels">One name per change.</param>
    /// <param name="changes">Numbers; none missing.</param>
    /// <param name="total">The name of the last bar, the sum.</param>
    /// <exception cref="ArgumentException">Empty, unequal lengths, a change missing, a label twice.</exception>
    public static Figure Waterfall(Values labels, Values changes, string total = "total")
    {
        string[] names = Inputs.Labels(labels, nameof(labels));
        Inputs.Numbers(changes, nameof(changes));
        Inputs.SameLength(labels, changes, nameof(labels), nameof(changes));
        ArgumentException.ThrowIfNullOrWhiteSpace(total);
        int missing = changes.Numbers.IndexOf(double.NaN);
        if (missing >= 0)
        {
            throw new ArgumentException($"changes[{missing}] ('{names[missing]}') is missing; a sum needs every change.", nameof(changes));
        }

        return names.Contains(total)
            ? throw new ArgumentException($"total: '{total}' is also the label of a change; name the sum differently.", nameof(total))
            : new Figure(new WaterfallTrace("", names, changes.Numbers.ToArray(), total));
    }

    /// <summary>Horizontal bars that float between two numbers: ranges, or the steps from one number to another.</summary>
    /// <param name="rows">The row of each bar; a row may hold several. The first named is on top.</param>
    /// <param name="from">Where each bar begins; none missing.</param>
    /// <param name="to">Where each ends; one that ends before its beginning falls and has the other colour.</param>
    /// <param name="labels">Written on each bar where it fits, or beside it when it is alone in its row.</param>
    /// <exception cref="ArgumentException">Empty, unequal lengths, or an end is missing.</exception>
    public static Figure Spans(Values rows, Values from, Values to, Values labels)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Inputs.Numbers(from, nameof(from));
        Inputs.Numbers(to, nameof(to));
        Inputs.SameLength(rows, from, nameof(rows), nameof(from));
        Inputs.SameLength(rows, to, nameof(rows), nameof(to));
        Inputs.SameLength(rows, labels, nameof(rows), nameof(labels));
        return from.Numbers.Contains(double.NaN) || to.Numbers.Contains(double.NaN)
            ? throw new ArgumentException("A bar needs both ends; one is missing.", nameof(from))
            : new Figure(new SpanTrace(Inputs.Names(rows), from.Numbers.ToArray(), to.Numbers.ToArray(), Inputs.Names(labels)));
    }

    private static Figure Bars(Values labels, Values values, string name, Role role, bool horizontal)
    {
        string[] names = Inputs.Labels(labels, nameof(labels));
        Inputs.Numbers(values, nameof(values));
        Inputs.SameLength(labels, values, nameof(labels), nameof(values));
        ArgumentNullException.ThrowIfNull(name);
        return new Figure(new BarTrace(name, role, names, values.Numbers.ToArray(), horizontal));
    }

    private static Figure Joined(Values labels, (string Name, Values Values)[] series, BarMode mode)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Length == 0)
        {
            throw new ArgumentException("series is empty; give at least one (name, values).", nameof(series));
        }

        Figure[] figures = [.. series.Select(s => Bar(labels, s.Values, s.Name))];
        return Overlay([figures[0] with { Bars = mode }, .. figures[1..]]);
    }
}
