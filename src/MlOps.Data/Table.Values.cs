namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Returns a double, long or bool column as numbers: a copy, NaN where a value is missing, 1 for true and 0 for false.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column holds text or times.</exception>
    public double[] Numbers(string name) => this[name] switch
    {
        Column<double> column => [.. column.Values],
        Column<long> column => Convert(column, static v => v),
        Column<bool> column => Convert(column, static v => v ? 1.0 : 0.0),
        Column other => throw WrongType(other, "double, long or bool"),
    };

    /// <summary>Returns a text column: a copy, null where a value is missing.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column holds no text.</exception>
    public string?[] Texts(string name)
    {
        StringColumn column = Strings(name);
        var texts = new string?[RowCount];
        for (int i = 0; i < texts.Length; i++)
        {
            int code = column.Codes[i];
            texts[i] = code < 0 ? null : column.Levels[code];
        }

        return texts;
    }

    /// <summary>Returns a column that holds double.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type; <see cref="Numbers"/> converts.</exception>
    public Column<double> Doubles(string name) => Typed<Column<double>>(name, "double");

    /// <summary>Returns a column that holds long.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public Column<long> Longs(string name) => Typed<Column<long>>(name, "long");

    /// <summary>Returns a column that holds bool.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public Column<bool> Bools(string name) => Typed<Column<bool>>(name, "bool");

    /// <summary>Returns a column that holds DateTime.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public Column<DateTime> Times(string name) => Typed<Column<DateTime>>(name, "DateTime");

    /// <summary>Returns a column that holds text.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public StringColumn Strings(string name) => Typed<StringColumn>(name, "string");

    private TColumn Typed<TColumn>(string name, string wanted)
        where TColumn : Column =>
        this[name] is var column && column is TColumn typed ? typed : throw WrongType(column, wanted);

    private static InvalidOperationException WrongType(Column column, string wanted) =>
        new($"Column '{column.Name}' holds {TypeNames.Of(column)}; {wanted} is needed here.");

    private static double[] Convert<T>(Column<T> column, Func<T, double> toNumber)
        where T : struct
    {
        ReadOnlySpan<T> values = column.Values;
        var numbers = new double[values.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = column.IsMissing(i) ? double.NaN : toNumber(values[i]);
        }

        return numbers;
    }
}
