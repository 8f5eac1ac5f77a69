namespace MlOps.Data;

/// <summary>The names of column types as messages and displays write them.</summary>
internal static class TypeNames
{
    internal static string Of(Column column) => Of(column.ValueType);

    internal static string Of(Type type) => type switch
    {
        _ when type == typeof(double) => "double",
        _ when type == typeof(long) => "long",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(DateTime) => "DateTime",
        _ => "string",
    };
}
