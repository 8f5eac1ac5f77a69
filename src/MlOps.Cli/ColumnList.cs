namespace MlOps.Cli;

/// <summary>Names given to an option, separated by blanks or commas.</summary>
internal static class ColumnList
{
    /// <summary>The names; null if none was given.</summary>
    internal static string[]? Of(string[]? given) =>
        given is null or [] ? null : [.. given.SelectMany(part => part.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
