using MlOps.Data.Internals;

namespace MlOps.Data;

/// <summary>A table whose rows have been put into groups of equal keys. Groups come in ascending order of their keys, missing last.</summary>
public sealed class GroupedTable
{
    private readonly Table _table;
    private readonly Table _keys;
    private readonly int[] _rows;
    private readonly int[] _starts;

    internal GroupedTable(Table table, string[] names)
    {
        _table = table;
        (int[][] codes, int count) = KeyCodes.Of([.. names.Select(name => new[] { table[name] })], missingIsKey: true);
        int[] code = codes[0];
        int[] first = FirstRows(code, count);
        Table keys = table.Select(names).Take(first);

        // The groups are sorted by sorting one row of each, which carries its code along.
        const string Code = "\0code";
        Table sorted = keys.With(Column.Of(Code, [.. Enumerable.Range(0, count)])).OrderBy([.. names.Select(SortKey.Ascending)]);
        _keys = sorted.Drop(Code);
        int[] place = new int[count];
        for (int i = 0; i < count; i++)
        {
            place[sorted.Longs(Code).Values[i]] = i;
        }

        (_rows, _starts) = RowsByGroup(code, place);
    }

    /// <summary>Gets the number of groups.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Gets the key columns, one row a group.</summary>
    public Table Keys => _keys;

    /// <summary>Returns the rows of a group, in the order of the table.</summary>
    /// <param name="group">The group's place in <see cref="Keys"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such group.</exception>
    public Table this[int group]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)group, (uint)Count, nameof(group));
            return _table.Take(RowsOf(group));
        }
    }

    /// <summary>Computes one row a group: the keys, then the aggregates in the order given.</summary>
    /// <example><c>loans.GroupBy("month").Aggregate(Agg.Count(), Agg.Mean("income"), Agg.Share("default"))</c>.</example>
    /// <exception cref="ArgumentException">Two results would have the same name; <see cref="Agg.As"/> gives another.</exception>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">A column is of a type that the aggregate cannot use.</exception>
    public Table Aggregate(params IEnumerable<Agg> aggregates)
    {
        ArgumentNullException.ThrowIfNull(aggregates);
        return new Table([.. _keys.Columns, .. aggregates.Select(aggregate => aggregate.Compute(_table, this))]);
    }

    internal ReadOnlySpan<int> RowsOf(int group) => _rows.AsSpan(_starts[group].._starts[group + 1]);

    internal Column<long> Each(string name, RowCounter count)
    {
        long[] results = new long[Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = count(RowsOf(i));
        }

        return new Column<long>(name, results);
    }

    /// <summary>Applies a statistic to the numbers of each group that are not NaN. The statistic may reorder its array.</summary>
    internal Column<double> EachNumber(string name, double[] numbers, Func<double[], double> statistic)
    {
        double[] results = new double[Count];
        for (int i = 0; i < results.Length; i++)
        {
            ReadOnlySpan<int> rows = RowsOf(i);
            double[] values = new double[rows.Length];
            int present = 0;
            foreach (int row in rows)
            {
                if (!double.IsNaN(numbers[row]))
                {
                    values[present++] = numbers[row];
                }
            }

            results[i] = statistic(present == values.Length ? values : values[..present]);
        }

        return new Column<double>(name, results);
    }

    private static int[] FirstRows(int[] code, int count)
    {
        int[] first = new int[count];
        for (int row = code.Length - 1; row >= 0; row--)
        {
            first[code[row]] = row;
        }

        return first;
    }

    /// <summary>Counting sort of the rows by group.</summary>
    private static (int[] Rows, int[] Starts) RowsByGroup(int[] code, int[] place)
    {
        int[] starts = new int[place.Length + 1];
        foreach (int c in code)
        {
            starts[place[c] + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        int[] rows = new int[code.Length];
        int[] next = starts[..^1];
        for (int row = 0; row < code.Length; row++)
        {
            rows[next[place[code[row]]]++] = row;
        }

        return (rows, starts);
    }

    /// <summary>Counts something over the rows of a group.</summary>
    internal delegate long RowCounter(ReadOnlySpan<int> rows);
}
