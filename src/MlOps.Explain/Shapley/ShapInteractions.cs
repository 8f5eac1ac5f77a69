using MlOps.Learning;

namespace MlOps.Explain.Shapley;

/// <summary>What pairs of features did together to n predictions: a d × d matrix a row.</summary>
/// <remarks>Symmetric. A row of a matrix adds up to that feature's contribution; off the diagonal stands half of what a pair pays, on it what the feature pays alone.</remarks>
public sealed class ShapInteractions
{
    private readonly double[] _values;

    internal ShapInteractions(string output, double baseValue, Matrix x, double[] values) => (Output, BaseValue, X, _values) = (output, baseValue, x, values);

    /// <summary>Gets what the explained number is.</summary>
    public string Output { get; }

    /// <summary>Gets where the contributions begin.</summary>
    public double BaseValue { get; }

    /// <summary>Gets the rows, n × d.</summary>
    public Matrix X { get; }

    /// <summary>Gets the number of rows.</summary>
    public int Count => X.RowCount;

    /// <summary>Gets the pairs of one row, d × d, a copy.</summary>
    public Matrix this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
            int d = X.ColumnCount;
            return new Matrix(d, d, _values.AsSpan(row * d * d, d * d).ToArray(), X.ColumnNames);
        }
    }

    /// <summary>The pairs that pay most: the mean over the rows of |both halves|, largest first. In the unit of the output; 0 where two features never meet on a way.</summary>
    public IReadOnlyList<(string First, string Second, double Mean)> Strongest()
    {
        int d = X.ColumnCount;
        var sums = new double[d * d];
        for (int i = 0; i < _values.Length; i++)
        {
            sums[i % sums.Length] += Math.Abs(_values[i]);
        }

        return
        [
            .. from f in Enumerable.Range(0, d)
               from g in Enumerable.Range(f + 1, d - f - 1)
               let mean = Count == 0 ? 0 : 2 * sums[(f * d) + g] / Count
               orderby mean descending
               select (X.ColumnNames[f], X.ColumnNames[g], mean),
        ];
    }
}
