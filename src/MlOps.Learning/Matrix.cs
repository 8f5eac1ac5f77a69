using MlOps.Data;

namespace MlOps.Learning;

/// <summary>A dense table of numbers, n rows × d named columns, stored row by row. Immutable.</summary>
/// <remarks>What estimators learn from: one row a case, one column a feature. NaN stands for a missing value; most estimators reject it.</remarks>
public sealed class Matrix
{
    private readonly double[] _values;

    /// <summary>Wraps values that are stored row by row. The array is not copied; leave it alone afterwards.</summary>
    /// <param name="rowCount">n ≥ 0.</param>
    /// <param name="columnCount">d ≥ 1.</param>
    /// <param name="values">n · d values: row 0 first.</param>
    /// <param name="columnNames">One name a column, no two alike; x0, x1, … without.</param>
    /// <exception cref="ArgumentException">There are not n · d values or not d different names.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is too small.</exception>
    public Matrix(int rowCount, int columnCount, double[] values, IReadOnlyList<string>? columnNames = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        RowCount = Guard.AtLeast(rowCount, 0);
        ColumnCount = Guard.AtLeast(columnCount, 1);
        if (values.LongLength != (long)rowCount * columnCount)
        {
            throw new ArgumentException($"{rowCount} rows × {columnCount} columns need {(long)rowCount * columnCount} values; got {values.LongLength}.", nameof(values));
        }

        if (columnNames is not null && (columnNames.Count != columnCount || columnNames.Distinct(StringComparer.Ordinal).Count() != columnCount))
        {
            throw new ArgumentException($"{columnCount} different column names are needed; got {columnNames.Count}: {string.Join(", ", columnNames)}.", nameof(columnNames));
        }

        _values = values;
        ColumnNames = columnNames ?? [.. Enumerable.Range(0, columnCount).Select(i => FormattableString.Invariant($"x{i}"))];
    }

    /// <summary>Gets n.</summary>
    public int RowCount { get; }

    /// <summary>Gets d.</summary>
    public int ColumnCount { get; }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Gets all n · d values, row by row.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Gets one value.</summary>
    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)ColumnCount, nameof(column));
            return _values[((long)row * ColumnCount) + column];
        }
    }

    /// <summary>Gets the d values of a row.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(checked(row * ColumnCount), ColumnCount);

    /// <summary>Copies the n values of a column.</summary>
    public double[] Column(int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)ColumnCount, nameof(column));
        var values = new double[RowCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = _values[((long)i * ColumnCount) + column];
        }

        return values;
    }

    /// <summary>Copies the given rows, in the given order; a row may be named more than once.</summary>
    public Matrix Take(ReadOnlySpan<int> rows)
    {
        var values = new double[checked(rows.Length * ColumnCount)];
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(values.AsSpan(i * ColumnCount));
        }

        return new Matrix(rows.Length, ColumnCount, values, ColumnNames);
    }

    /// <summary>Copies rows: <c>Matrix.FromRows([[1, 2], [3, 4]])</c>.</summary>
    /// <exception cref="ArgumentException">There is no row, or one has another length than the first.</exception>
    public static Matrix FromRows(IReadOnlyList<double[]> rows, IReadOnlyList<string>? columnNames = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            throw new ArgumentException("At least one row is needed, to know the number of columns.", nameof(rows));
        }

        int columns = rows[0].Length;
        var values = new double[checked(rows.Count * columns)];
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length != columns)
            {
                throw new ArgumentException($"Row {i} has {rows[i].Length} values, row 0 has {columns}.", nameof(rows));
            }

            rows[i].CopyTo(values, i * columns);
        }

        return new Matrix(rows.Count, columns, values, columnNames);
    }

    /// <summary>Copies columns of a table that hold numbers or truth values; a missing value becomes NaN.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Which columns, in which order; all without a name.</param>
    /// <exception cref="ArgumentException">There is no column.</exception>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">A column holds text or times; a pipeline encodes those.</exception>
    public static Matrix FromTable(Table table, params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] names = columns is { Count: > 0 } ? [.. columns] : [.. table.Columns.Select(column => column.Name)];
        if (names.Length == 0)
        {
            throw new ArgumentException("The table has no columns.", nameof(table));
        }

        var values = new double[checked(table.RowCount * names.Length)];
        for (int j = 0; j < names.Length; j++)
        {
            double[] column = table.Numbers(names[j]);
            for (int i = 0; i < column.Length; i++)
            {
                values[(i * names.Length) + j] = column[i];
            }
        }

        return new Matrix(table.RowCount, names.Length, values, names);
    }
}
