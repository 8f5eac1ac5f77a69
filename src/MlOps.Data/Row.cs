#pragma warning disable CA1720 // The accessors are called after the column types that C# users know.

namespace MlOps.Data;

/// <summary>One row of a table, as <see cref="Table.Filter"/> hands it to a condition.</summary>
/// <remarks>A missing value is NaN or null, so every comparison with it is false: <c>row.Double("income") &lt; 1</c> does not hold where income is missing.</remarks>
public readonly struct Row : IEquatable<Row>
{
    private readonly Table _table;

    internal Row(Table table, int index)
    {
        _table = table;
        Index = index;
    }

    /// <summary>Gets the row's number, from 0.</summary>
    public int Index { get; }

    /// <summary>Returns the number in a double, long or bool column (true is 1); NaN when it is missing.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column holds text or times.</exception>
    public double Double(string column) => _table[column] switch
    {
        Column<double> c => c.Values[Index],
        Column<long> c => c[Index] ?? double.NaN,
        Column<bool> c => c[Index] is { } truth ? (truth ? 1 : 0) : double.NaN,
        _ => _table.Doubles(column).Values[Index], // throws, naming the type
    };

    /// <summary>Returns the whole number in a long column; null when it is missing.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public long? Long(string column) => _table.Longs(column)[Index];

    /// <summary>Returns the truth value in a bool column; null when it is missing. In a condition: <c>row.Bool("default") == true</c>.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public bool? Bool(string column) => _table.Bools(column)[Index];

    /// <summary>Returns the time in a DateTime column; null when it is missing.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public DateTime? Time(string column) => _table.Times(column)[Index];

    /// <summary>Returns the text in a text column; null when it is missing.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public string? Text(string column) => _table.Strings(column)[Index];

    /// <summary>Returns whether the value in a column is missing.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    public bool IsMissing(string column) => _table[column].IsMissing(Index);

    /// <summary>Returns whether two rows are the same row of the same table.</summary>
    public static bool operator ==(Row left, Row right) => left.Equals(right);

    /// <summary>Returns whether two rows are different rows.</summary>
    public static bool operator !=(Row left, Row right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(Row other) => ReferenceEquals(_table, other._table) && Index == other.Index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Row other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_table, Index);
}
