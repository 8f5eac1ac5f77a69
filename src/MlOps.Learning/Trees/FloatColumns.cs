namespace MlOps.Learning.Trees;

/// <summary>Features in single precision, column by column, as trees learn from them.</summary>
internal static class FloatColumns
{
    private const int RowsAtATime = 512;

    /// <summary>Copies rows of a table.</summary>
    /// <param name="x">The table.</param>
    /// <param name="missing">Whether NaN is allowed.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="order">Which rows, in which order; all without.</param>
    /// <exception cref="ArgumentException">A value is infinite, too large for single precision, or NaN where that is not allowed.</exception>
    internal static float[][] Of(Matrix x, bool missing, ParallelOptions options, int[]? order = null)
    {
        int count = order?.Length ?? x.RowCount;
        var columns = new float[x.ColumnCount][];
        for (int f = 0; f < columns.Length; f++)
        {
            columns[f] = new float[count];
        }

        Check(x, missing);
        Parallel.For(0, (count + RowsAtATime - 1) / RowsAtATime, options, block =>
        {
            int end = Math.Min(count, (block + 1) * RowsAtATime);
            for (int i = block * RowsAtATime; i < end; i++)
            {
                ReadOnlySpan<double> row = x.Row(order?[i] ?? i);
                for (int f = 0; f < row.Length; f++)
                {
                    columns[f][i] = (float)row[f];
                }
            }
        });
        return columns;
    }

    /// <summary>Every value fits single precision, and none is missing unless that is allowed; the message names row and column.</summary>
    internal static void Check(Matrix x, bool missing)
    {
        ReadOnlySpan<double> values = x.Values;
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsFinite((float)values[i]) || (missing && double.IsNaN(values[i])))
            {
                continue;
            }

            if (!double.IsFinite(values[i]) && !missing)
            {
                Inputs.Finite(x);
            }

            string place = FormattableString.Invariant($"Row {i / x.ColumnCount} has {values[i]} in column '{x.ColumnNames[i % x.ColumnCount]}'.");
            throw new ArgumentException($"{place} Trees compare in single precision; values must lie within ±3.4e38.", nameof(x));
        }
    }
}
