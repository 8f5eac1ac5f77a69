using MathNet.Numerics.LinearAlgebra.Factorization;
using Dense = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix;

namespace MlOps.Learning.Decomposition;

/// <summary>Principal component analysis: the orthogonal directions along which the rows vary most.</summary>
/// <remarks>
/// The eigenvectors of the covariance <c>XᶜᵀXᶜ / (n − 1)</c>, Xᶜ the centred features; with fewer rows than features of <c>XᶜXᶜᵀ / (n − 1)</c>
/// instead, from which the same directions follow. Directions whose variance is below 1e-14 of the largest are rounding. Scale the features first if
/// their units differ. <para>Sign: the coefficient with the largest absolute value is positive in each component, on a tie the first.</para>
/// <para>Source: H. Hotelling, "Analysis of a Complex of Statistical Variables into Principal Components" (1933).</para>
/// </remarks>
public sealed class Pca
{
    private const double Negligible = 1e-14; // a variance below this share of the largest is rounding

    private readonly int? _components;
    private readonly double _share;
    private readonly bool _whiten;

    /// <summary>Keeps a number of components.</summary>
    /// <param name="components">k ≥ 1; as many as there are when null: min(n, d).</param>
    /// <param name="whiten">Whether the scores are divided by their standard deviation, so that all components count alike.</param>
    public Pca(int? components = null, bool whiten = false)
    {
        _components = components is { } k ? Guard.AtLeast(k, 1, nameof(components)) : null;
        _share = 1;
        _whiten = whiten;
    }

    private Pca(double share, bool whiten) => (_share, _whiten) = (share, whiten);

    /// <summary>Keeps the fewest components that together explain at least a share of the variance.</summary>
    /// <param name="share">Above 0 and below 1.</param>
    /// <param name="whiten">As for the number of components.</param>
    public static Pca Explaining(double share, bool whiten = false) =>
        share is > 0 and < 1 ? new Pca(share, whiten) : throw new ArgumentOutOfRangeException(nameof(share), share, "A share above 0 and below 1 is needed.");

    /// <summary>Finds the components.</summary>
    /// <param name="x">n × d features, finite, n ≥ 2, not all constant.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">A value is not finite, there are fewer than 2 rows or than components, all columns are constant, or a component to whiten has no variance.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public PcaModel Fit(Matrix x, CancellationToken cancellationToken = default)
    {
        Inputs.Unlabelled(x, null);
        Inputs.Finite(x);
        int most = Math.Min(x.RowCount, x.ColumnCount);
        if (x.RowCount < 2 || _components > most)
        {
            throw new ArgumentException($"{_components ?? 1} components need at least as many rows and columns, and 2 rows; x has {x.RowCount} rows and {x.ColumnCount} columns.", nameof(x));
        }

        double[] means = Means(x);
        bool byRows = x.RowCount < x.ColumnCount;
        double[] products = Products(x, means, byRows, cancellationToken);
        int size = byRows ? x.RowCount : x.ColumnCount;
        double total = Enumerable.Range(0, size).Sum(a => products[(a * size) + a]);
        if (!(total > 0) || !double.IsFinite(total))
        {
            throw new ArgumentException(total == 0 ? "All columns are constant; there is no variance to explain." : "The features are so large that their squares are not finite; scale them first.", nameof(x));
        }

        Evd<double> eigen = new Dense(size, size, products).Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);
        double[] variances = [.. Enumerable.Range(0, most).Select(c => Math.Max(0, eigen.EigenValues[size - 1 - c].Real))]; // MathNet sorts them upwards
        int k = _components ?? Fewest(variances, total, most);
        if (_whiten && variances[k - 1] <= Negligible * variances[0])
        {
            throw new ArgumentException(FormattableString.Invariant($"Component {k} has no variance to divide by: columns are constant or collinear. Ask for fewer components, or do not whiten."), nameof(x));
        }

        var directions = new double[k][];
        for (int c = 0; c < k; c++)
        {
            double[] vector = [.. eigen.EigenVectors.Column(size - 1 - c)];
            directions[c] = Upright(!byRows ? vector : variances[c] > Negligible * variances[0] ? Through(x, means, vector) : Beside(directions.AsSpan(0, c), x.ColumnCount));
        }

        return new PcaModel(x.ColumnNames, means, Matrix.FromRows(directions, x.ColumnNames), variances[..k], total, _whiten);
    }

    private int Fewest(double[] variances, double total, int most)
    {
        if (_share == 1)
        {
            return most;
        }

        double explained = 0;
        for (int c = 0; c < most; c++)
        {
            explained += variances[c] / total;
            if (explained >= _share)
            {
                return c + 1;
            }
        }

        return most;
    }

    private static double[] Means(Matrix x)
    {
        var means = new double[x.ColumnCount];
        for (int i = 0; i < x.RowCount; i++)
        {
            ReadOnlySpan<double> row = x.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                means[j] += row[j];
            }
        }

        return Array.ConvertAll(means, sum => sum / x.RowCount);
    }

    /// <summary>XᶜᵀXᶜ / (n − 1), or XᶜXᶜᵀ / (n − 1) by rows.</summary>
    private static double[] Products(Matrix x, double[] means, bool byRows, CancellationToken cancellationToken)
    {
        int n = x.RowCount;
        int d = x.ColumnCount;
        var centered = new double[byRows ? n : 0][];
        for (int i = 0; i < centered.Length; i++)
        {
            centered[i] = new double[d];
            Center(x.Row(i), means, centered[i]);
        }

        int size = byRows ? n : d;
        double[] sums = byRows ? Gram.OfRows(centered) : Gram.OfColumns(x, means, cancellationToken);
        for (int a = 0; a < size; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                sums[(a * size) + b] = sums[(b * size) + a] = sums[(b * size) + a] / (n - 1);
            }
        }

        return sums;
    }

    internal static void Center(ReadOnlySpan<double> row, double[] means, Span<double> centered)
    {
        for (int j = 0; j < row.Length; j++)
        {
            centered[j] = row[j] - means[j];
        }
    }

    /// <summary>The direction Xᶜᵀu of unit length that belongs to an eigenvector u of XᶜXᶜᵀ.</summary>
    private static double[] Through(Matrix x, double[] means, double[] u)
    {
        var direction = new double[x.ColumnCount];
        for (int i = 0; i < x.RowCount; i++)
        {
            ReadOnlySpan<double> row = x.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                direction[j] += u[i] * (row[j] - means[j]);
            }
        }

        double length = Math.Sqrt(direction.Sum(value => value * value));
        return Array.ConvertAll(direction, value => value / length);
    }

    /// <summary>A direction without variance, at right angles to those found: the axis farthest from them, made orthogonal.</summary>
    private static double[] Beside(ReadOnlySpan<double[]> found, int d)
    {
        var near = new double[d]; // the squared share of each axis that the directions found reach
        foreach (double[] direction in found)
        {
            for (int j = 0; j < d; j++)
            {
                near[j] += direction[j] * direction[j];
            }
        }

        var beside = new double[d];
        beside[Array.IndexOf(near, near.Min())] = 1;
        for (int pass = 0; pass < 2; pass++) // once more for what rounding left
        {
            foreach (double[] direction in found)
            {
                double along = 0;
                for (int j = 0; j < d; j++)
                {
                    along += direction[j] * beside[j];
                }

                for (int j = 0; j < d; j++)
                {
                    beside[j] -= along * direction[j];
                }
            }
        }

        double length = Math.Sqrt(beside.Sum(value => value * value));
        return Array.ConvertAll(beside, value => value / length);
    }

    private static double[] Upright(double[] direction)
    {
        int largest = 0;
        for (int j = 1; j < direction.Length; j++)
        {
            largest = Math.Abs(direction[j]) > Math.Abs(direction[largest]) ? j : largest;
        }

        return direction[largest] < 0 ? Array.ConvertAll(direction, value => -value) : direction;
    }
}
