using System.Collections;
using System.Data;
using System.Reflection;
using MlOps.Kernel.Display;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>A C# value seen as a table.</summary>
/// <param name="Names">The columns.</param>
/// <param name="Types">Their types.</param>
/// <param name="Rows">The rows; the array may be the same one each time. To be run through once.</param>
/// <param name="CanChange">Whether the same object may hold other rows later.</param>
internal sealed record TabularValue(IReadOnlyList<string> Names, IReadOnlyList<Type> Types, IEnumerable<object?[]> Rows, bool CanChange)
{
    /// <summary>The table in a value; null if there is none.</summary>
    internal static TabularValue? Of(object? value)
    {
        if (value is null)
        {
            return null;
        }

        if (value is DataTable table)
        {
            return OfReader(table.CreateDataReader(), canChange: true);
        }

        if (Opener(value.GetType()) is { } opener && (IDataReader?)opener.Invoke(value, BindingFlags.DoNotWrapExceptions, null, null, null) is { } reader)
        {
            return OfReader(reader, canChange: false);
        }

        return value is IEnumerable sequence && Properties(value.GetType()) is { } properties
            ? new TabularValue(
                [.. properties.Select(property => property.Name)],
                [.. properties.Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)],
                sequence.Cast<object?>().Select((row, i) => Array.ConvertAll(properties, property => property.GetValue(Checked(row, i)))),
                CanChange: true)
            : null;
    }

    /// <summary>Whether <see cref="Of"/> would find a table.</summary>
    internal static bool IsTabular(object? value) =>
        value is DataTable || (value is not null && (Opener(value.GetType()) is not null || (value is IEnumerable && Properties(value.GetType()) is not null)));

    private static TabularValue OfReader(IDataReader reader, bool canChange) => new(
        [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)],
        [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetFieldType)],
        RowsOf(reader),
        canChange);

    private static IEnumerable<object?[]> RowsOf(IDataReader reader)
    {
        using (reader)
        {
            var row = new object?[reader.FieldCount];
            while (reader.Read())
            {
                reader.GetValues(row!);
                yield return row;
            }
        }
    }

    /// <summary>Found by name and shape, as <c>ToMimeBundle</c> is: the kernel does not know the types of its users.</summary>
    private static MethodInfo? Opener(Type type) =>
        type.GetMethod("ToDataReader", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes) is { } method
        && typeof(IDataReader).IsAssignableFrom(method.ReturnType)
            ? method
            : null;

    private static PropertyInfo[]? Properties(Type type) =>
        RecordTable.ElementType(type) is { } row ? RecordTable.Columns(row, MimeBundles.IsScalar) : null;

    private static object Checked(object? row, int index) =>
        row ?? throw new SqlCellException($"Row {index + 1} of the sequence is null; a table has no such row.");
}
