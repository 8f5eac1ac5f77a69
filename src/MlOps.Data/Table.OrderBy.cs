namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Sorts the rows by one or more columns. Stable: rows with equal keys keep their order.</summary>
    /// <remarks>Text is compared ordinally (capitals before small letters), false comes before true, and missing values come last
    /// whatever the direction.</remarks>
    /// <param name="keys">At least one key; a later one decides among rows that are equal in the earlier ones.</param>
    /// <exception cref="ArgumentException">There is no key.</exception>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    public Table OrderBy(params ReadOnlySpan<SortKey> keys)
    {
        if (keys.IsEmpty)
        {
            throw new ArgumentException("At least one column to sort by is needed.", nameof(keys));
        }

        var comparisons = new Comparison<int>[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            comparisons[i] = MissingLast(this[keys[i].Column], keys[i].IsDescending);
        }

        int[] rows = [.. Enumerable.Range(0, RowCount)];
        Array.Sort(rows, (a, b) =>
        {
            foreach (Comparison<int> comparison in comparisons)
            {
                int order = comparison(a, b);
                if (order != 0)
                {
                    return order;
                }
            }

            return a.CompareTo(b); // what makes the sort stable
        });
        return Take(rows);
    }

    private static Comparison<int> MissingLast(Column column, bool descending)
    {
        Comparison<int> present = Present(column);
        return (a, b) => (column.IsMissing(a), column.IsMissing(b)) switch
        {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => -1,
            _ => descending ? present(b, a) : present(a, b),
        };
    }

    private static Comparison<int> Present(Column column)
    {
        switch (column)
        {
            case Column<double> c:
                return (a, b) => c.Values[a].CompareTo(c.Values[b]);
            case Column<long> c:
                return (a, b) => c.Values[a].CompareTo(c.Values[b]);
            case Column<bool> c:
                return (a, b) => c.Values[a].CompareTo(c.Values[b]);
            case Column<DateTime> c:
                return (a, b) => c.Values[a].CompareTo(c.Values[b]);
            default:
                var text = (StringColumn)column;
                int[] ranks = Ranks(text.Levels);
                return (a, b) => ranks[text.Codes[a]].CompareTo(ranks[text.Codes[b]]);
        }
    }

    private static int[] Ranks(ReadOnlySpan<string> levels)
    {
        int[] order = [.. Enumerable.Range(0, levels.Length)];
        Array.Sort(levels.ToArray(), order, StringComparer.Ordinal);
        int[] ranks = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            ranks[order[i]] = i;
        }

        return ranks;
    }
}
