using MlOps.Data.Internals;

namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Adds the columns of another table where the keys are equal.</summary>
    /// <remarks>
    /// The result has this table's columns, then the other's without the keys. Rows come in the order of this table and, among the
    /// matches of one row, in the order of the other. A row with several matches is repeated for each, so m rows that match n rows
    /// make m·n. A missing key matches nothing, not even another missing key. Text is compared ordinally.
    /// </remarks>
    /// <param name="other">The table to add.</param>
    /// <param name="on">The key columns, which both tables have with the same type.</param>
    /// <param name="kind">Which rows of this table are kept.</param>
    /// <param name="suffix">Appended to a column of the other table whose name is taken here; null makes that an error.</param>
    /// <exception cref="ArgumentException">There is no key, a key has different types, or a name is taken and there is no suffix.</exception>
    /// <exception cref="KeyNotFoundException">A table lacks a key column.</exception>
    public Table Join(Table other, IEnumerable<string> on, JoinKind kind = JoinKind.Inner, string? suffix = null)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(on);
        string[] keys = [.. on];
        if (keys.Length == 0)
        {
            throw new ArgumentException("At least one column to join on is needed.", nameof(on));
        }

        (int[] left, int[] right) = Matches(other, keys, kind);
        var columns = new List<Column>();
        foreach (Column column in _columns)
        {
            columns.Add(column.Take(left));
        }

        foreach (Column column in other.Columns.Where(c => !keys.Contains(c.Name, StringComparer.Ordinal)))
        {
            Column taken = column.TakeOrMissing(right);
            columns.Add(HasColumn(column.Name) ? taken.Rename(Suffixed(column.Name, suffix)) : taken);
        }

        return new Table(columns);
    }

    /// <summary>Adds the columns of another table where one key is equal; see <see cref="Join(Table, IEnumerable{string}, JoinKind, string?)"/>.</summary>
    /// <param name="other">The table to add.</param>
    /// <param name="on">The key column, which both tables have with the same type.</param>
    /// <param name="kind">Which rows of this table are kept.</param>
    /// <param name="suffix">Appended to a column of the other table whose name is taken here; null makes that an error.</param>
    /// <exception cref="ArgumentException">The key has different types, or a name is taken and there is no suffix.</exception>
    /// <exception cref="KeyNotFoundException">A table lacks the key column.</exception>
    public Table Join(Table other, string on, JoinKind kind = JoinKind.Inner, string? suffix = null) => Join(other, [on], kind, suffix);

    private static string Suffixed(string name, string? suffix) =>
        string.IsNullOrEmpty(suffix)
            ? throw new ArgumentException($"Both tables have a column '{name}' that is no key; pass a suffix, rename it or drop it.", nameof(suffix))
            : name + suffix;

    private (int[] Left, int[] Right) Matches(Table other, string[] keys, JoinKind kind)
    {
        foreach (string key in keys)
        {
            if (this[key].ValueType != other[key].ValueType)
            {
                throw new ArgumentException($"Key '{key}' is {TypeNames.Of(this[key])} on the left and {TypeNames.Of(other[key])} on the right; the types must be equal.", nameof(other));
            }
        }

        (int[][] codes, int count) = KeyCodes.Of([.. keys.Select(key => new[] { this[key], other[key] })], missingIsKey: false);
        (int[] firstOfCode, int[] nextRow) = Chains(codes[1], count);
        var left = new List<int>();
        var right = new List<int>();
        for (int row = 0; row < RowCount; row++)
        {
            int code = codes[0][row];
            int match = code == KeyCodes.NoKey ? -1 : firstOfCode[code];
            if (match < 0 && kind == JoinKind.Left)
            {
                left.Add(row);
                right.Add(-1);
            }

            for (; match >= 0; match = nextRow[match])
            {
                left.Add(row);
                right.Add(match);
            }
        }

        return ([.. left], [.. right]);
    }

    /// <summary>For every code its first row, and for every row the next one with the same code; −1 ends a chain.</summary>
    private static (int[] First, int[] Next) Chains(int[] codes, int count)
    {
        int[] first = new int[count];
        int[] next = new int[codes.Length];
        first.AsSpan().Fill(-1);
        for (int row = codes.Length - 1; row >= 0; row--)
        {
            next[row] = -1;
            if (codes[row] != KeyCodes.NoKey)
            {
                next[row] = first[codes[row]];
                first[codes[row]] = row;
            }
        }

        return (first, next);
    }
}
