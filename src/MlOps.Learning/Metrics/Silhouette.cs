using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Metrics;

/// <summary>Silhouette: is each row nearer to its own cluster than to the next one?</summary>
/// <param name="Values">For every measured row <c>(b − a) / max(a, b)</c>, in [−1, 1]; 0 on the border, and for a cluster of one row.</param>
/// <param name="Rows">Which rows were measured, rising: all, or a sample.</param>
/// <param name="Mean">The mean over the measured rows; higher is better separated.</param>
/// <remarks>
/// <c>a</c> is the mean Euclidean distance to the other rows of the own cluster, <c>b</c> the smallest mean distance to the rows of another cluster. Equals
/// scikit-learn's <c>silhouette_samples</c>. O(n² · d) on all cores; the result does not depend on how many there are. Scale the columns first.
/// <para>Source: P. J. Rousseeuw, "Silhouettes", J. Comput. Appl. Math. 20 (1987) 53–65.</para>
/// </remarks>
public sealed record Silhouette(IReadOnlyList<double> Values, IReadOnlyList<int> Rows, double Mean)
{
    private const int Block = 1024;

    /// <summary>Measures a clustering.</summary>
    /// <param name="x">n rows × d columns, finite.</param>
    /// <param name="clusters">The cluster of each row, any whole number; 2 to n − 1 different ones.</param>
    /// <param name="cancellationToken">Stops the work between rows.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, a value not finite, one cluster, or as many clusters as rows.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Silhouette Of(Matrix x, ReadOnlySpan<int> clusters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Measure(x, clusters, [.. Enumerable.Range(0, x.RowCount)], cancellationToken);
    }

    /// <summary>Measures a random sample of the rows among themselves, for tables too long for n² distances.</summary>
    /// <param name="x">n rows × d columns, finite.</param>
    /// <param name="clusters">The cluster of each row.</param>
    /// <param name="sample">How many rows to draw without repetition, 3 to n.</param>
    /// <param name="seed">Equal seeds draw equal rows.</param>
    /// <param name="cancellationToken">Stops the work between rows.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, a value not finite, or the sample has one cluster or as many clusters as rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sample"/> is below 3 or above n.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Silhouette OfSample(Matrix x, ReadOnlySpan<int> clusters, int sample, int seed = 7, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Guard.AtLeast(sample, 3), x.RowCount, nameof(sample));
        int[] order = [.. Enumerable.Range(0, x.RowCount)];
        Seeds.Generator(seed, 0).Shuffle(order);
        int[] rows = order[..sample];
        Array.Sort(rows);
        return Measure(x, clusters, rows, cancellationToken);
    }

    private static Silhouette Measure(Matrix x, ReadOnlySpan<int> clusters, int[] rows, CancellationToken cancellationToken)
    {
        MetricInputs.Rows(x.RowCount, clusters.Length, nameof(clusters));
        Inputs.Finite(x);
        var cluster = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            cluster[i] = clusters[rows[i]];
        }

        int[] names = [.. cluster.Distinct().Order()];
        if (names.Length < 2 || names.Length >= rows.Length)
        {
            throw new ArgumentException($"A silhouette needs 2 to n − 1 clusters; there are {names.Length} in {rows.Length} rows.", nameof(clusters));
        }

        // Rows of one cluster side by side, columns one after the other: distances to a cluster are then one straight run of memory.
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        Array.Sort([.. cluster.Select((c, i) => ((long)Array.BinarySearch(names, c) * rows.Length) + i)], order);
        int[] starts = [.. names.Select(name => Array.FindIndex(order, i => cluster[i] == name)), rows.Length];
        var columns = new double[x.ColumnCount][];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = Array.ConvertAll(order, i => x[rows[i], c]);
        }

        var values = new double[rows.Length];
        Parallel.For(0, rows.Length, new ParallelOptions { CancellationToken = cancellationToken }, place => values[order[place]] = Value(columns, starts, place));
        return new Silhouette(values, rows, RowMean.Sum(values) / values.Length);
    }

    private static double Value(double[][] columns, int[] starts, int place)
    {
        int own = Array.FindLastIndex(starts, start => start <= place);
        int size = starts[own + 1] - starts[own];
        if (size == 1)
        {
            return 0;
        }

        double within = 0;
        double next = double.PositiveInfinity;
        for (int c = 0; c < starts.Length - 1; c++)
        {
            double sum = DistanceSum(columns, place, starts[c], starts[c + 1]);
            if (c == own)
            {
                within = sum / (size - 1); // the row itself is at distance 0 and is not counted
            }
            else
            {
                next = Math.Min(next, sum / (starts[c + 1] - starts[c]));
            }
        }

        double larger = Math.Max(within, next);
        return larger == 0 ? 0 : (next - within) / larger; // all rows in one point: on every border
    }

    /// <summary>Σ of the distances from one row to a run of rows, differences first: no large squares that cancel.</summary>
    private static double DistanceSum(double[][] columns, int place, int from, int to)
    {
        Span<double> block = stackalloc double[Block];
        double sum = 0;
        for (int start = from; start < to; start += Block)
        {
            Span<double> squares = block[..Math.Min(Block, to - start)];
            squares.Clear();
            Span<Vector512<double>> lanes = MemoryMarshal.Cast<double, Vector512<double>>(squares);
            foreach (double[] column in columns)
            {
                double centre = column[place];
                ReadOnlySpan<double> run = column.AsSpan(start, squares.Length);
                ReadOnlySpan<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(run);
                Vector512<double> centres = Vector512.Create(centre);
                for (int i = 0; i < lanes.Length; i++)
                {
                    Vector512<double> difference = vectors[i] - centres;
                    lanes[i] += difference * difference;
                }

                for (int i = lanes.Length * Vector512<double>.Count; i < squares.Length; i++)
                {
                    double difference = run[i] - centre;
                    squares[i] += difference * difference;
                }
            }

            TensorPrimitives.Sqrt(squares, squares); // exact in every lane, so alike for every vector width
            sum += RowMean.Sum(squares);
        }

        return sum;
    }
}
