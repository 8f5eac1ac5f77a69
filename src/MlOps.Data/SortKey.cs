namespace MlOps.Data;

/// <summary>A column to sort by. A plain name converts to an ascending key: <c>OrderBy("month", SortKey.Descending("income"))</c>.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="IsDescending">Whether the largest value comes first. Missing values come last either way.</param>
public readonly record struct SortKey(string Column, bool IsDescending)
{
    /// <summary>Makes a key with the smallest value first.</summary>
    public static SortKey Ascending(string column) => new(column, false);

    /// <summary>Makes a key with the largest value first.</summary>
    public static SortKey Descending(string column) => new(column, true);

    /// <summary>Makes a key with the smallest value first.</summary>
    public static implicit operator SortKey(string column) => Ascending(column);

    /// <summary>Makes a key with the smallest value first.</summary>
    public static SortKey FromString(string column) => Ascending(column);
}
