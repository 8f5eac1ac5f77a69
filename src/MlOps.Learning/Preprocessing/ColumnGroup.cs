using MlOps.Data;

namespace MlOps.Learning.Preprocessing;

/// <summary>Columns that go through the same steps together.</summary>
/// <param name="Columns">Their names.</param>
/// <param name="Kind">What they hold.</param>
/// <param name="FlagsOnly">Whether they must hold truth values.</param>
/// <param name="Steps">The steps, first to last.</param>
internal sealed record ColumnGroup(IReadOnlyList<string> Columns, InputKind Kind, bool FlagsOnly, IReadOnlyList<Step> Steps)
{
    /// <summary>Sees to it that a table has all columns of some groups.</summary>
    /// <exception cref="ArgumentException">Columns are missing; the message names all of them.</exception>
    internal static void Require(Table table, IEnumerable<ColumnGroup> groups)
    {
        string[] absent = [.. groups.SelectMany(group => group.Columns).Where(name => !table.HasColumn(name)).Distinct().Select(name => $"'{name}'")];
        if (absent.Length > 0)
        {
            throw new ArgumentException($"The table lacks {(absent.Length == 1 ? "column" : "columns")} {string.Join(", ", absent)}. It has: {string.Join(", ", table.Columns.Select(column => column.Name))}.", nameof(table));
        }
    }

    /// <summary>Reads rows of the columns from a table that has them.</summary>
    /// <exception cref="ArgumentException">A column holds another type or something infinite.</exception>
    internal Feature[] Read(Table table, Range rows) => [.. Columns.Select(name => Read(table[name], rows))];

    /// <summary>What a column holds, in words.</summary>
    internal static string Content(Column column) => column switch
    {
        StringColumn => "text",
        Column<bool> => "truth values",
        Column<DateTime> => "times",
        _ => "numbers",
    };

    private Feature Read(Column column, Range rows)
    {
        (int first, int count) = rows.GetOffsetAndLength(column.Count);
        if (column.Count > 0 && column.MissingCount == column.Count)
        {
            // A file cannot say what type nothing has.
            return Kind == InputKind.Text ? new TextFeature(column.Name, Filled(count, -1), [null], first) : new NumberFeature(column.Name, Filled(count, double.NaN), first);
        }

        return (Kind, column) switch
        {
            (InputKind.Text, StringColumn text) => TextFeature.Of(text, rows),
            (InputKind.Number, Column<bool> flags) => Number(flags, first, count, flag => flag ? 1 : 0),
            (InputKind.Number, Column<long> whole) when !FlagsOnly => Number(whole, first, count, number => number),
            (InputKind.Number, Column<double> numbers) when !FlagsOnly => Number(numbers, first, count),
            _ => throw new ArgumentException($"Column '{column.Name}' holds {Content(column)}; this pipeline needs {(FlagsOnly ? "truth values" : Kind == InputKind.Text ? "text" : "numbers")} there.", nameof(column)),
        };
    }

    private static NumberFeature Number(Column<double> column, int first, int count)
    {
        double[] values = column.Values.Slice(first, count).ToArray();
        int infinite = Array.FindIndex(values, double.IsInfinity);
        return infinite < 0
            ? new NumberFeature(column.Name, values, first)
            : throw new ArgumentException(FormattableString.Invariant($"Column '{column.Name}' has {values[infinite]} in row {first + infinite}; numbers must be finite or missing."), nameof(column));
    }

    private static NumberFeature Number<T>(Column<T> column, int first, int count, Func<T, double> toNumber)
        where T : struct
    {
        ReadOnlySpan<T> values = column.Values.Slice(first, count);
        double[] numbers = GC.AllocateUninitializedArray<double>(count);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = column.IsMissing(first + i) ? double.NaN : toNumber(values[i]);
        }

        return new NumberFeature(column.Name, numbers, first);
    }

    private static T[] Filled<T>(int count, T value)
    {
        var filled = new T[count];
        Array.Fill(filled, value);
        return filled;
    }
}
