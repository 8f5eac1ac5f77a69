using System.Numerics.Tensors;
using MlOps.Data;
using MlOps.Fairness.Internals;

namespace MlOps.Fairness.Individual;

/// <summary>n people × d features and the distances between them. Immutable.</summary>
/// <remarks>Kept column by column: the distances from one row to many are sums over columns in fixed order, vectorised over the rows, so they have
/// the same bits on every machine. Distances are squared differences, not a product trick: equal rows are exactly 0 apart.</remarks>
internal sealed class FeatureRows
{
    /// <summary>Rows at a time, so that their sums and differences stay in the first-level cache.</summary>
    private const int Block = 1024;

    private readonly double[][] _columns;
    private readonly bool _cosine;

    private FeatureRows(double[][] columns, int count, bool cosine) => (_columns, Count, _cosine) = (columns, count, cosine);

    /// <summary>n.</summary>
    internal int Count { get; }

    /// <summary>The named columns of a table as numbers: numbers as they are; every value of a category, and missing, as 0/1.</summary>
    /// <exception cref="ArgumentException">No feature is named, or a number is missing or infinite.</exception>
    internal static (double[] Values, int Columns) Encode(Table table, IReadOnlyList<string> features)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count == 0)
        {
            throw new ArgumentException("At least one feature is needed.", nameof(features));
        }

        double[][] columns = [.. features.SelectMany(name => Encoded(table[name]))];
        double[] values = new double[table.RowCount * columns.Length];
        for (int i = 0; i < table.RowCount; i++)
        {
            for (int c = 0; c < columns.Length; c++)
            {
                values[(i * columns.Length) + c] = columns[c][i];
            }
        }

        return (values, columns.Length);
    }

    /// <summary>Takes n rows × d numbers, row after row.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of d, a number is not finite, or with cosine a row is all zeros.</exception>
    internal static FeatureRows Of(ReadOnlySpan<double> features, int columns, SimilarityMetric metric, bool standardise)
    {
        Guard.AtLeast(columns, 1);
        if (!Enum.IsDefined(metric))
        {
            throw new ArgumentOutOfRangeException(nameof(metric), metric, "Unknown similarity metric.");
        }

        if (features.Length % columns != 0)
        {
            throw new ArgumentException($"Rows of {columns} features are needed; got {features.Length} numbers.", nameof(features));
        }

        int count = features.Length / columns;
        double[][] kept = [.. Enumerable.Range(0, columns).Select(_ => new double[count])];
        for (int i = 0; i < features.Length; i++)
        {
            kept[i % columns][i / columns] = double.IsFinite(features[i])
                ? features[i]
                : throw new ArgumentException(FormattableString.Invariant($"Row {i / columns}, feature {i % columns} is {features[i]}; distances need finite numbers. Fill or drop missing values first."), nameof(features));
        }

        if (standardise)
        {
            Array.ForEach(kept, Standardise);
        }

        if (metric == SimilarityMetric.Cosine)
        {
            ScaleToUnitLength(kept, count);
        }

        return new FeatureRows(kept, count, metric == SimilarityMetric.Cosine);
    }

    /// <summary>The squared Euclidean distances from a row to the rows from <paramref name="start"/> on; of unit rows with cosine, where they rank alike.</summary>
    internal void SquaredDistances(int row, int start, Span<double> squares)
    {
        Span<double> differences = stackalloc double[Block];
        squares.Clear();
        for (int done = 0; done < squares.Length; done += Block)
        {
            Span<double> block = squares[done..Math.Min(done + Block, squares.Length)];
            foreach (double[] column in _columns)
            {
                TensorPrimitives.Subtract(column.AsSpan(start + done, block.Length), column[row], differences);
                TensorPrimitives.MultiplyAdd(differences[..block.Length], differences[..block.Length], block, block);
            }
        }
    }

    /// <summary>The squared distance of two rows, with the same bits as <see cref="SquaredDistances"/>.</summary>
    internal double SquaredDistance(int a, int b)
    {
        double square = 0;
        foreach (double[] column in _columns)
        {
            double difference = column[b] - column[a];
            square += difference * difference;
        }

        return square;
    }

    /// <summary>The distance in the metric: √s, or with cosine s / 2, as |u − v|² = 2 − 2 u·v for unit rows.</summary>
    internal double Distance(double square) => _cosine ? square / 2 : Math.Sqrt(square);

    private static IEnumerable<double[]> Encoded(Column column)
    {
        if (column is StringColumn or Column<bool>)
        {
            var table = new Table(column);
            var encoding = FeatureEncoding.Fit(table, [column.Name]);
            double[] encoded = encoding.Encode(table);
            return Enumerable.Range(0, encoding.Columns).Select(level => Enumerable.Range(0, column.Count).Select(row => encoded[(row * encoding.Columns) + level]).ToArray());
        }

        double[] numbers = FeatureEncoding.Numbers(column);
        int missing = Array.FindIndex(numbers, double.IsNaN);
        return missing < 0
            ? [numbers]
            : throw new ArgumentException($"Column '{column.Name}' is missing in row {missing}; distances need every number. Fill or drop missing values first.", nameof(column));
    }

    private static void Standardise(double[] column)
    {
        double mean = 0;
        foreach (double value in column)
        {
            mean += value / column.Length;
        }

        double variance = 0;
        foreach (double value in column)
        {
            variance += (value - mean) * (value - mean) / column.Length;
        }

        bool constant = column.Length == 0 || Array.TrueForAll(column, value => value == column[0]);
        double deviation = Math.Sqrt(variance);
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = constant ? 0 : (column[i] - mean) / deviation;
        }
    }

    private static void ScaleToUnitLength(double[][] columns, int count)
    {
        for (int i = 0; i < count; i++)
        {
            double square = 0;
            foreach (double[] column in columns)
            {
                square += column[i] * column[i];
            }

            if (square == 0)
            {
                throw new ArgumentException($"Row {i} is all zeros and has no angle to others; use Euclidean distance.", nameof(columns));
            }

            double length = Math.Sqrt(square);
            foreach (double[] column in columns)
            {
                column[i] /= length;
            }
        }
    }
}
