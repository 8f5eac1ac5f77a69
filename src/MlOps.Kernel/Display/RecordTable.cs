using System.Collections;
using System.Reflection;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace MlOps.Kernel.Display;

/// <summary>A sequence of flat records (all public properties are numbers, texts, dates and the like) as one table, a column a property.</summary>
/// <remarks>The formatting package draws such a sequence as a list of trees, and its tabular form only when asked; readers of numbers want the table.</remarks>
internal static class RecordTable
{
    private const int ShownRows = 50;
    private const int MostColumns = 30;

    /// <summary>The bundle of such a sequence, run through once; null if <paramref name="value"/> is something else, or holds no row or a null row.</summary>
    /// <param name="value">Any object.</param>
    /// <param name="isScalar">Which types fit into one table cell, beside text.</param>
    internal static IReadOnlyDictionary<string, string>? Of(object value, Func<Type, bool> isScalar)
    {
        if (value is not IEnumerable sequence || ElementType(value.GetType()) is not { } type || Columns(type, isScalar) is not { } columns)
        {
            return null;
        }

        object?[] rows = [.. sequence.Cast<object?>().Take(ShownRows + 1)];
        if (rows.Length == 0 || rows.Contains(null))
        {
            return null;
        }

        object?[][] cells = [.. rows.Take(ShownRows).Select(row => Array.ConvertAll(columns, column => column.GetValue(row)))];
        string note = rows.Length > ShownRows ? FormattableString.Invariant($"The first {ShownRows} rows are shown.") : "";
        return MimeBundles.Pair(MimeBundles.Html, Html(columns, cells, note), Text(columns, cells, note));
    }

    /// <summary>What a sequence holds; null if the type is no sequence, or more than one.</summary>
    internal static Type? ElementType(Type type)
    {
        Type[] sequences = [.. type.GetInterfaces().Append(type).Where(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IEnumerable<>))];
        return sequences.Length == 1 ? sequences[0].GetGenericArguments()[0] : null;
    }

    /// <summary>The properties of a flat record; null if the type is none.</summary>
    internal static PropertyInfo[]? Columns(Type type, Func<Type, bool> isScalar)
    {
        bool Fits(Type t) => t == typeof(string) || isScalar(Nullable.GetUnderlyingType(t) ?? t);
        PropertyInfo[] properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead)];
        bool isFlat = properties.Length is > 0 and <= MostColumns
            && properties.All(property => property.GetIndexParameters().Length == 0 && Fits(property.PropertyType));
        return isFlat && !Fits(type) ? properties : null;
    }

    private static string Html(PropertyInfo[] columns, object?[][] rows, string note)
    {
        var schema = new TableSchema { Fields = [.. columns.Select(column => new TableSchemaFieldDescriptor(column.Name, null, null, null))] };
        var table = new TabularDataResource(schema, rows.Select(row => columns.Select((column, i) => KeyValuePair.Create(column.Name, row[i]!))), null!);
        string[] parts = table.ToDisplayString(MimeBundles.Html).ReplaceLineEndings("\n").Split("</thead>", 2);
        string head = parts[0].Replace("<td>", "<th>", StringComparison.Ordinal).Replace("</td>", "</th>", StringComparison.Ordinal); // the package writes names as data
        return $"{head}</thead>{parts[1]}" + (note.Length > 0 ? $"<p>{note}</p>" : "");
    }

    private static string Text(PropertyInfo[] columns, object?[][] rows, string note)
    {
        string[][] lines = [Array.ConvertAll(columns, column => column.Name), .. rows.Select(row => Array.ConvertAll(row, CellText))];
        int[] widths = [.. columns.Select((_, c) => lines.Max(line => line[c].Length))];
        var text = new StringBuilder();
        foreach (string[] line in lines)
        {
            text.AppendLine(string.Join("  ", line.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
        }

        return text.Append(note).ToString().ReplaceLineEndings("\n").TrimEnd('\n');
    }

    private static string CellText(object? cell) => cell is null ? "-" : cell.ToDisplayString(MimeBundles.Plain).ReplaceLineEndings(" ");
}
