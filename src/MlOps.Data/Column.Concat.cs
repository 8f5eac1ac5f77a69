namespace MlOps.Data;

public abstract partial class Column
{
    /// <summary>Sets columns of one type below each other, under the name of the first.</summary>
    internal static Column Concat(Column[] parts) => parts[0] switch
    {
        Column<double> => Concat<double>(parts),
        Column<long> => Concat<long>(parts),
        Column<bool> => Concat<bool>(parts),
        Column<DateTime> => Concat<DateTime>(parts),
        _ => ConcatText(parts),
    };

    private static Column<T> Concat<T>(Column[] parts)
        where T : struct
    {
        var values = new T[parts.Sum(p => p.Count)];
        bool[]? missing = Array.Exists(parts, p => p.MissingCount > 0) ? new bool[values.Length] : null;
        int start = 0;
        foreach (Column part in parts)
        {
            ((Column<T>)part).Values.CopyTo(values.AsSpan(start));
            part.Missing?.CopyTo(missing!, start);
            start += part.Count;
        }

        return new Column<T>(parts[0].Name, values, missing);
    }

    private static StringColumn ConcatText(Column[] parts)
    {
        var codes = new int[parts.Sum(p => p.Count)];
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        int row = 0;
        foreach (Column part in parts)
        {
            var text = (StringColumn)part;
            int[] joined = new int[text.Levels.Length];
            for (int i = 0; i < joined.Length; i++)
            {
                levels.TryAdd(text.Levels[i], levels.Count);
                joined[i] = levels[text.Levels[i]];
            }

            foreach (int code in text.Codes)
            {
                codes[row++] = code < 0 ? code : joined[code];
            }
        }

        return new StringColumn(parts[0].Name, codes, [.. levels.Keys]);
    }
}
