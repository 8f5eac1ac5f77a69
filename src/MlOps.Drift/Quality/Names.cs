namespace MlOps.Drift.Quality;

/// <summary>Checks of column names in rules.</summary>
internal static class Names
{
    internal static string Column(string column)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        return column;
    }

    internal static string[] Columns(IEnumerable<string> columns, int atLeast, string name)
    {
        ArgumentNullException.ThrowIfNull(columns, name);
        string[] all = [.. columns];
        foreach (string column in all)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(column, name);
        }

        return all.Length < atLeast ? throw new ArgumentException($"At least {atLeast} column{(atLeast == 1 ? " is" : "s are")} needed; got {all.Length}.", name)
            : all.Distinct(StringComparer.Ordinal).Count() < all.Length ? throw new ArgumentException($"A column is named twice: {string.Join(", ", all)}.", name)
            : all;
    }

    /// <summary>The hash of a list whose order counts.</summary>
    internal static int Hash(IEnumerable<string> texts)
    {
        var hash = default(HashCode);
        foreach (string text in texts)
        {
            hash.Add(text, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
