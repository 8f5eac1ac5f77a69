namespace MlOps.Learning.Clustering;

/// <summary>Groups by their centres: a row belongs to the nearest, on a tie to the first.</summary>
public sealed class KMeansModel : IClusterer
{
    private readonly CenterTable _table;
    private readonly int[] _labels;

    internal KMeansModel(Matrix centers, int[] labels, double inertia, int iterations, bool converged)
    {
        Centers = centers;
        _labels = labels;
        _table = new CenterTable(centers.Values, centers.ColumnCount);
        Inertia = inertia;
        Iterations = iterations;
        Converged = converged;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => Centers.ColumnNames;

    /// <inheritdoc/>
    public int ClusterCount => Centers.RowCount;

    /// <summary>Gets the centres: k × d.</summary>
    public Matrix Centers { get; }

    /// <summary>Gets the group of each training row.</summary>
    public IReadOnlyList<int> Labels => _labels;

    /// <summary>Gets the weighted sum of squared distances of the training rows to their centres, in squared units of the features; 0 if every row is a centre.</summary>
    public double Inertia { get; }

    /// <summary>Gets the number of iterations of the best start.</summary>
    public int Iterations { get; }

    /// <summary>Gets a value indicating whether the best start came to rest before its last iteration.</summary>
    public bool Converged { get; }

    /// <inheritdoc/>
    public int[] Predict(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        var nearest = new int[x.RowCount];
        var distances = new double[x.RowCount];
        RowChunks.Run(x.RowCount, RowChunks.Count(x.RowCount, 1), (_, from, to) =>
            _table.Nearest(x.Values[(from * x.ColumnCount)..(to * x.ColumnCount)], nearest.AsSpan(from..to), distances.AsSpan(from..to)));
        return nearest;
    }

    /// <summary>Measures the distance (not squared) of every row to every centre: n × k, in the unit of the features.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not finite.</exception>
    public Matrix Distances(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        int k = ClusterCount;
        var values = new double[x.RowCount * k];
        RowChunks.Run(x.RowCount, RowChunks.Count(x.RowCount, 1), (_, from, to) =>
        {
            double[] squares = new double[_table.PaddedCount];
            for (int i = from; i < to; i++)
            {
                _table.Distances(x.Row(i), squares);
                for (int c = 0; c < k; c++)
                {
                    values[(i * k) + c] = Math.Sqrt(squares[c]);
                }
            }
        });
        return new Matrix(x.RowCount, k, values, [.. Enumerable.Range(0, k).Select(c => FormattableString.Invariant($"cluster{c}"))]);
    }
}
