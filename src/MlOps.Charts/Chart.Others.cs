namespace MlOps.Charts;

public static partial class Chart
{
    /// <summary>A matrix as coloured cells, for example correlations or a confusion matrix. Small ones show their numbers.</summary>
    /// <param name="columns">One name per column.</param>
    /// <param name="rows">One name per row; the first is on top.</param>
    /// <param name="cells">rows × columns; NaN leaves a cell empty.</param>
    /// <param name="name">What the colour means, with its unit.</param>
    /// <param name="diverging">Colours centred on 0 with two hues: for correlations and differences.</param>
    /// <exception cref="ArgumentException">The shape differs from the names, or no cell has a value.</exception>
    public static Figure Heatmap(Values columns, Values rows, double[,] cells, string name = "", bool diverging = false)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(name);
        string[] across = Inputs.Labels(columns, nameof(columns));
        string[] down = Inputs.Labels(rows, nameof(rows));
        if (cells.GetLength(0) != down.Length || cells.GetLength(1) != across.Length)
        {
            throw new ArgumentException(
                $"cells must be rows × columns = {down.Length} × {across.Length}; it is {cells.GetLength(0)} × {cells.GetLength(1)}.", nameof(cells));
        }

        double[][] table = [.. down.Select((_, r) => across.Select((_, c) => cells[r, c]).ToArray())];
        Inputs.Numbers(table.SelectMany(row => row).ToArray(), nameof(cells));
        return new Figure(new HeatTrace(name, across, down, table, diverging));
    }

    /// <summary>One large number, and how it changed.</summary>
    /// <param name="value">The number now.</param>
    /// <param name="label">What it is.</param>
    /// <param name="before">What it was, or should be; null shows no change.</param>
    /// <param name="unit">Written after the number.</param>
    /// <param name="lowerIsBetter">A rise is bad: latency, loss, drift.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is NaN or infinite.</exception>
    public static Figure Indicator(double value, string label, double? before = null, string unit = "", bool lowerIsBetter = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        ArgumentNullException.ThrowIfNull(unit);
        double? earlier = before is { } b ? Guard.Finite(b, nameof(before)) : null;
        return new Figure(new IndicatorTrace(label, Guard.Finite(value), earlier, unit, lowerIsBetter));
    }

    /// <summary>Values in rows and columns. The first 100 rows are shown; the text says how many there are.</summary>
    /// <param name="columns">Header and cells of each column, all of one length. Missing values show as a dash.</param>
    /// <exception cref="ArgumentException">No column, no row, or unequal lengths.</exception>
    public static Figure Table(params (string Header, Values Cells)[] columns)
    {
        Values[] cells = SameLengths(columns, nameof(columns), 1);
        string[][] texts = [.. cells.Select(c => Inputs.Names(c).Take(TableTrace.MostRows).Select(t => t is "" or "missing" ? "–" : t).ToArray())];
        return new Figure(new TableTrace(
            [.. columns.Select(c => c.Header)], texts, [.. cells.Select(c => c.Kind == ValueKind.Number)], cells[0].Count));
    }

    /// <summary>One line per row across one vertical axis per column: for the results of a parameter search.</summary>
    /// <param name="dimensions">Name and values of each axis, at least two, all of one length. The last one colours the lines.</param>
    /// <remarks>Of more than 500 rows 500 at even steps are drawn; a row with a missing value is left out.</remarks>
    /// <exception cref="ArgumentException">Fewer than two columns, no row, or unequal lengths.</exception>
    public static Figure ParallelCoordinates(params (string Name, Values Values)[] dimensions)
    {
        Values[] values = SameLengths(dimensions, nameof(dimensions), 2);
        Values[] complete = Complete(values);
        return new Figure(new ParallelTrace([.. dimensions.Select(d => d.Name)], complete, values.Length - 1));
    }

    /// <summary>Several figures over the same axes; the first one's title and axes win.</summary>
    /// <exception cref="ArgumentException">No figure, or figures whose axes do not fit together.</exception>
    public static Figure Overlay(params Figure[] figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return figures.Length == 0
            ? throw new ArgumentException("figures is empty; an overlay needs at least one.", nameof(figures))
            : figures.Aggregate((all, next) => all.Add(next));
    }

    /// <summary>Several figures side by side and below each other, row by row, each with its own axes and title.</summary>
    /// <param name="columns">Figures per row, 1 to 4.</param>
    /// <param name="figures">At least one; a grid in a grid is refused.</param>
    /// <exception cref="ArgumentException">No figure, or one of them is a grid.</exception>
    public static Figure Grid(int columns, params Figure[] figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, 4);
        if (figures.Length == 0 || figures.Any(f => f.Cells.Length > 0))
        {
            throw new ArgumentException(figures.Length == 0 ? "figures is empty; a grid needs at least one." : "A grid cannot hold a grid; give all figures to one.", nameof(figures));
        }

        return new Figure { Cells = [.. figures], Columns = Math.Min(columns, figures.Length), Traces = [] };
    }

    private static Values[] SameLengths((string Name, Values Values)[] columns, string argument, int least)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length < least)
        {
            throw new ArgumentException($"{argument}: {columns.Length} given; at least {least} needed.", argument);
        }

        foreach ((string name, Values values) in columns)
        {
            ArgumentNullException.ThrowIfNull(name, argument);
            ArgumentNullException.ThrowIfNull(values, argument);
            Inputs.SameLength(columns[0].Values, values, $"column '{columns[0].Name}'", $"column '{name}'");
        }

        return columns[0].Values.Count > 0
            ? [.. columns.Select(c => c.Values)]
            : throw new ArgumentException($"{argument} have no rows; at least one is needed.", argument);
    }

    /// <summary>The rows that have a value on every axis.</summary>
    private static Values[] Complete(Values[] columns)
    {
        int[] rows = [.. Enumerable.Range(0, columns[0].Count).Where(r => columns.All(c =>
            c.Kind == ValueKind.Text ? c.Texts[r] is not null : !double.IsNaN(c.Numbers[r])))];
        return rows.Length == 0
            ? throw new ArgumentException($"No row has a value in every column; all {columns[0].Count} miss one.", nameof(columns))
            : [.. columns.Select(c => Values.Create([.. rows.Select(r => c[r])]))];
    }
}
