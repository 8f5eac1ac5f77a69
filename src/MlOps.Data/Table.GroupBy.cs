namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Puts the rows with equal values in the named columns into groups, in ascending order of the keys.</summary>
    /// <remarks>Missing is a key like any other and comes last: no row is lost. Text is compared ordinally.</remarks>
    /// <param name="names">At least one column.</param>
    /// <exception cref="ArgumentException">No column is named, or one twice.</exception>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    public GroupedTable GroupBy(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] keys = [.. names];
        return keys.Length > 0
            ? new GroupedTable(this, keys)
            : throw new ArgumentException("At least one column to group by is needed.", nameof(names));
    }
}
