using System.Runtime.InteropServices;

namespace MlOps.Data.Internals;

/// <summary>Gives every combination of key values a number: the common ground of grouping and joining.</summary>
internal static class KeyCodes
{
    /// <summary>The code of a row one of whose keys is missing, when missing values may not match.</summary>
    internal const int NoKey = -1;

    /// <summary>Numbers the combinations of several tables' key columns, in order of first appearance.</summary>
    /// <param name="keys">For every key the columns to be compared with each other, one a table: same type, same tables in each.</param>
    /// <param name="missingIsKey">Whether missing equals missing; if not, such rows get <see cref="NoKey"/>.</param>
    /// <returns>A code a row, one array a table, and the number of codes.</returns>
    internal static (int[][] Codes, int Count) Of(Column[][] keys, bool missingIsKey)
    {
        (int[][] codes, int count) = One(keys[0], missingIsKey);
        foreach (Column[] key in keys.AsSpan(1))
        {
            (int[][] more, int moreCount) = One(key, missingIsKey);
            count = Combine(codes, more, moreCount);
        }

        return (codes, count);
    }

    private static (int[][] Codes, int Count) One(Column[] columns, bool missingIsKey) => columns[0] switch
    {
        Column<double> => Values<double>(columns, missingIsKey),
        Column<long> => Values<long>(columns, missingIsKey),
        Column<bool> => Values<bool>(columns, missingIsKey),
        Column<DateTime> => Values<DateTime>(columns, missingIsKey),
        _ => Texts(columns, missingIsKey),
    };

    private static (int[][] Codes, int Count) Values<T>(Column[] columns, bool missingIsKey)
        where T : struct
    {
        var index = new Dictionary<T, int>();
        int missing = NoKey;
        int count = 0;
        int[][] codes = new int[columns.Length][];
        for (int c = 0; c < columns.Length; c++)
        {
            ReadOnlySpan<T> values = ((Column<T>)columns[c]).Values;
            codes[c] = new int[values.Length];
            for (int i = 0; i < values.Length; i++)
            {
                if (columns[c].IsMissing(i))
                {
                    missing = missing == NoKey && missingIsKey ? count++ : missing;
                    codes[c][i] = missing;
                    continue;
                }

                ref int code = ref CollectionsMarshal.GetValueRefOrAddDefault(index, values[i], out bool known);
                code = known ? code : count++;
                codes[c][i] = code;
            }
        }

        return (codes, count);
    }

    private static (int[][] Codes, int Count) Texts(Column[] columns, bool missingIsKey)
    {
        // The levels of the text are joined once; the rows then only look up their code.
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        int[][] codes = new int[columns.Length][];
        for (int c = 0; c < columns.Length; c++)
        {
            var column = (StringColumn)columns[c];
            int[] joined = new int[column.Levels.Length];
            for (int i = 0; i < joined.Length; i++)
            {
                index.TryAdd(column.Levels[i], index.Count);
                joined[i] = index[column.Levels[i]];
            }

            codes[c] = new int[column.Count];
            for (int i = 0; i < column.Count; i++)
            {
                int level = column.Codes[i];
                codes[c][i] = level < 0 ? NoKey : joined[level];
            }
        }

        return missingIsKey ? (codes, Compact(codes)) : (codes, index.Count);
    }

    /// <summary>Renumbers in order of first appearance; a missing value becomes a code like any other.</summary>
    private static int Compact(int[][] codes)
    {
        var index = new Dictionary<int, int>();
        foreach (int[] table in codes)
        {
            for (int i = 0; i < table.Length; i++)
            {
                index.TryAdd(table[i], index.Count);
                table[i] = index[table[i]];
            }
        }

        return index.Count;
    }

    private static int Combine(int[][] codes, int[][] more, int moreCount)
    {
        var index = new Dictionary<long, int>();
        for (int c = 0; c < codes.Length; c++)
        {
            for (int i = 0; i < codes[c].Length; i++)
            {
                if (codes[c][i] == NoKey || more[c][i] == NoKey)
                {
                    codes[c][i] = NoKey;
                    continue;
                }

                long pair = ((long)codes[c][i] * moreCount) + more[c][i];
                ref int code = ref CollectionsMarshal.GetValueRefOrAddDefault(index, pair, out bool known);
                code = known ? code : index.Count - 1;
                codes[c][i] = code;
            }
        }

        return index.Count;
    }
}
