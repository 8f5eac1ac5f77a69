namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Returns the given rows, counted from 0, in the given order; a row may be named more than once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Table Take(params ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if ((uint)row >= (uint)RowCount)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), row, $"The table has rows 0 to {RowCount - 1}.");
            }
        }

        var taken = new Column[_columns.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = _columns[i].Take(rows);
        }

        return new Table(taken);
    }

    /// <summary>Returns a range of rows: <c>table.Rows(10..20)</c>, <c>table.Rows(^5..)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range goes beyond the table.</exception>
    public Table Rows(Range range)
    {
        int start = range.Start.GetOffset(RowCount);
        int end = range.End.GetOffset(RowCount);
        if (start < 0 || end > RowCount || start > end)
        {
            throw new ArgumentOutOfRangeException(nameof(range), range, $"The table has {RowCount} rows, so a range must lie in 0..{RowCount}.");
        }

        int[] rows = new int[end - start];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = start + i;
        }

        return Take(rows);
    }

    /// <summary>Returns the first rows; all of them if there are fewer.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public Table Head(int count = 10) => Rows(..Math.Min(Guard.AtLeast(count, 0), RowCount));

    /// <summary>Returns the last rows; all of them if there are fewer.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public Table Tail(int count = 10) => Rows(^Math.Min(Guard.AtLeast(count, 0), RowCount)..);

    /// <summary>Keeps the rows for which a condition holds, in their order.</summary>
    /// <example><c>loans.Filter(row => row.Double("income") > 500_000 &amp;&amp; row.Text("employment") == "gig")</c>.</example>
    public Table Filter(Func<Row, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Keep(row => condition(new Row(this, row)));
    }

    /// <summary>Keeps the rows whose text equals a value (ordinal); rows where it is missing are left out.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column holds no text.</exception>
    public Table Where(string column, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        StringColumn texts = Strings(column);
        int code = texts.Levels.IndexOf(value);
        return Keep(row => code >= 0 && texts.Codes[row] == code);
    }

    /// <summary>Keeps the rows whose truth value equals a value; rows where it is missing are left out.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column holds no truth values.</exception>
    public Table Where(string column, bool value)
    {
        Column<bool> truths = Bools(column);
        return Keep(row => truths.Values[row] == value && !truths.IsMissing(row));
    }

    /// <summary>Keeps the rows whose number equals a value; rows where it is missing are left out.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column holds text or times.</exception>
    public Table Where(string column, double value) => Where(column, number => number == value);

    /// <summary>Keeps the rows whose number meets a condition; rows where it is missing are left out.</summary>
    /// <example><c>loans.Where("month", m => m >= 10)</c>.</example>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column holds text or times.</exception>
    public Table Where(string column, Func<double, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        double[] numbers = Numbers(column);
        return Keep(row => !double.IsNaN(numbers[row]) && condition(numbers[row]));
    }

    /// <summary>Leaves out the rows in which one of the named columns is missing; without names, any column.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    public Table DropMissing(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Column[] columns = [.. names.Select(name => this[name])];
        columns = columns.Length == 0 ? _columns : columns;
        return Keep(row => !Array.Exists(columns, column => column.IsMissing(row)));
    }

    private Table Keep(Func<int, bool> condition)
    {
        var rows = new List<int>();
        for (int row = 0; row < RowCount; row++)
        {
            if (condition(row))
            {
                rows.Add(row);
            }
        }

        return Take([.. rows]);
    }
}
