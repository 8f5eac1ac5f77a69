namespace MlOps.Fairness.Mitigation;

/// <summary>What every repair asks of its rows, and how groups of new rows find those of the training rows.</summary>
internal static class MitigationRows
{
    private const int NoGroup = -1;

    internal static void Same(int rows, Groups groups, string what, string argument)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (rows != groups.RowCount || rows == 0)
        {
            throw new ArgumentException($"Each row needs {what} and a group, and there must be rows: {rows} given, {groups.RowCount} rows with groups.", argument);
        }
    }

    internal static void Same(int rows, int others, string first, string second, string argument)
    {
        if (rows != others)
        {
            throw new ArgumentException($"Each row needs {first} and {second}: {rows} against {others}.", argument);
        }
    }

    internal static void Finite(ReadOnlySpan<double> values, int columns, string what, string argument)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                string place = columns == 1 ? $"row {i}" : $"row {i / columns}, column {i % columns}";
                throw new ArgumentException(FormattableString.Invariant($"{place} of {what} is {values[i]}; finite numbers are needed."), argument);
            }
        }
    }

    /// <summary>The number of rows of a row-major table.</summary>
    internal static int Rows(int length, int columns, string argument)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        return length > 0 && length % columns == 0
            ? length / columns
            : throw new ArgumentException($"{length} numbers do not make rows of {columns} columns.", argument);
    }

    /// <summary>One fitted group a row, −1 for a row without a group.</summary>
    /// <exception cref="ArgumentException">A row belongs to a group that was not fitted.</exception>
    internal static int[] Match(IReadOnlyList<string> fitted, Groups groups)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int g = 0; g < fitted.Count; g++)
        {
            places[fitted[g]] = g;
        }

        int[] translation = [.. groups.Names.Select(name => places.GetValueOrDefault(name, NoGroup))];
        ReadOnlySpan<int> codes = groups.Codes;
        var matched = new int[codes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            matched[i] = codes[i] < 0 ? NoGroup : translation[codes[i]];
            if (codes[i] >= 0 && matched[i] < 0)
            {
                throw new ArgumentException($"Row {i} belongs to group '{groups.Names[codes[i]]}', which had no row when this was fitted; fitted were: {string.Join(", ", fitted)}.", nameof(groups));
            }
        }

        return matched;
    }
}
