using MlOps.Data;

namespace MlOps.Cli;

/// <summary>Reads a CSV file with the types of another.</summary>
internal static class CsvLike
{
    /// <summary>A text among numbers is then told with its line, and digits among texts are text.</summary>
    /// <param name="reference">The table whose types are expected.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <param name="textsOnly">Only the latter: a text among numbers makes the column one of texts.</param>
    internal static Table Read(Table reference, string path, CancellationToken cancellation, bool textsOnly = false)
    {
        var table = Table.ReadCsv(path, cancellationToken: cancellation);
        Dictionary<string, Type> different = reference.Columns
            .Where(column => column.MissingCount < column.Count && table.HasColumn(column.Name) && !IsLike(column.ValueType, table[column.Name].ValueType))
            .Where(column => !textsOnly || column.ValueType == typeof(string))
            .ToDictionary(column => column.Name, column => column.ValueType == typeof(long) ? typeof(double) : column.ValueType);
        return different.Count == 0 ? table : Table.ReadCsv(path, new CsvOptions { Types = different }, cancellationToken: cancellation);
    }

    private static bool IsLike(Type a, Type b) => a == b || (IsNumber(a) && IsNumber(b));

    private static bool IsNumber(Type type) => type == typeof(double) || type == typeof(long);
}
