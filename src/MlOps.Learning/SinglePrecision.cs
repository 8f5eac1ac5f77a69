namespace MlOps.Learning;

/// <summary>Features as exported models read them: rounded to float, about seven digits.</summary>
internal static class SinglePrecision
{
    /// <summary>Rounds all values.</summary>
    /// <param name="x">The features.</param>
    /// <param name="largest">The largest size a value may have.</param>
    /// <exception cref="ArgumentException">A value is larger; the message names row and column.</exception>
    internal static Matrix Of(Matrix x, double largest = float.MaxValue)
    {
        ReadOnlySpan<double> values = x.Values;
        var rounded = new double[values.Length];
        for (int i = 0; i < rounded.Length; i++)
        {
            rounded[i] = (float)values[i];
            if (!(Math.Abs(rounded[i]) <= largest))
            {
                throw new ArgumentException(FormattableString.Invariant($"Row {i / x.ColumnCount} has {values[i]} in column '{x.ColumnNames[i % x.ColumnCount]}', above {largest:0.#e+0} in size, the largest this model computes with. Scale the column first."), nameof(x));
            }
        }

        return new Matrix(x.RowCount, x.ColumnCount, rounded, x.ColumnNames);
    }
}
