namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Computes one value per row, in row order: for a new column, or to look at.</summary>
    /// <example><c>table.With(Column.Of("ratio", table.Map(row =&gt; row.Double("amount") / row.Double("income"))))</c></example>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public T[] Map<T>(Func<Row, T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var values = new T[RowCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(new Row(this, i));
        }

        return values;
    }
}
