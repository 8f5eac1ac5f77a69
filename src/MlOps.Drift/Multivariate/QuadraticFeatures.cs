using System.Numerics.Tensors;

namespace MlOps.Drift.Multivariate;

/// <summary>Rows as 1, the standardised columns, their squares and, up to a width, their products; a constant column says nothing and is 0.</summary>
internal sealed class QuadraticFeatures
{
    /// <summary>Beyond it there would be more products than rows can teach.</summary>
    private const int ProductWidth = 12;

    /// <summary>A shift of this many deviations says no more than a larger one and must not overflow when squared.</summary>
    private const double Clip = 10;

    /// <summary>Stretches of the rows whose sums are added up in order, so that threads change no bit.</summary>
    private const int Stretches = 8;

    /// <summary>Rows that are taken together; with the features of a usual table they stay in a core's own cache.</summary>
    private const int Together = 128;

    private readonly double[] _values;
    private readonly int _rows;
    private readonly int _stride; // a multiple of a tile's width, filled up with zeros

    private QuadraticFeatures(int rows, int width)
    {
        Size = 1 + (2 * width) + (width <= ProductWidth ? width * (width - 1) / 2 : 0);
        _rows = rows;
        _stride = (Size + OuterSums.Wide - 1) / OuterSums.Wide * OuterSums.Wide;
        _values = new double[rows * _stride];
    }

    /// <summary>Numbers a row.</summary>
    internal int Size { get; }

    internal static QuadraticFeatures Of(double[] rows, int width, double[] means, double[] deviations)
    {
        var features = new QuadraticFeatures(rows.Length / width, width);
        double[] scales = Scales(deviations);
        InStretches(features._rows, (_, from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                Expand(rows.AsSpan(i * width, width), means, scales, features.Row(i));
            }
        });
        return features;
    }

    /// <summary>The sum of each row's numbers, weighted, without keeping the numbers.</summary>
    internal static double[] Times(double[] rows, int width, double[] means, double[] deviations, double[] weights)
    {
        double[] sums = new double[rows.Length / width];
        double[] scales = Scales(deviations);
        InStretches(sums.Length, (_, from, to) =>
        {
            double[] expanded = new double[weights.Length];
            for (int i = from; i < to; i++)
            {
                Expand(rows.AsSpan(i * width, width), means, scales, expanded);
                sums[i] = Lanes.Dot(expanded, weights);
            }
        });
        return sums;
    }

    /// <summary>The sum of each row's numbers, weighted.</summary>
    internal double[] Times(double[] weights)
    {
        double[] sums = new double[_rows];
        InStretches(_rows, (_, from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                sums[i] = Lanes.Dot(Row(i)[..Size], weights);
            }
        });
        return sums;
    }

    /// <summary><c>Σᵢ weightᵢ·φᵢ</c>, φᵢ a row.</summary>
    internal double[] WeightedSum(double[] weights)
    {
        double[][] sums = new double[Stretches][];
        InStretches(_rows, (stretch, from, to) =>
        {
            double[] sum = new double[_stride];
            for (int i = from; i < to; i++)
            {
                TensorPrimitives.MultiplyAdd(Row(i), weights[i], sum, sum);
            }

            sums[stretch] = sum;
        });
        return Added(sums)[..Size];
    }

    /// <summary><c>Σᵢ weightᵢ·φᵢ·φᵢᵀ</c>: a symmetric matrix, row after row.</summary>
    internal double[] WeightedProducts(double[] weights)
    {
        double[][] sums = new double[Stretches][];
        InStretches(_rows, (stretch, from, to) =>
        {
            double[] sum = new double[_stride * _stride];
            double[] weighted = new double[Together * _stride];
            for (int first = from; first < to; first += Together)
            {
                int count = Math.Min(Together, to - first);
                for (int k = 0; k < count; k++)
                {
                    TensorPrimitives.Multiply(Row(first + k), weights[first + k], weighted.AsSpan(k * _stride, _stride));
                }

                AddUpperTiles(weighted, _values.AsSpan(first * _stride, count * _stride), count, sum);
            }

            sums[stretch] = sum;
        });
        return Whole(Added(sums));
    }

    private static double[] Scales(double[] deviations) => Array.ConvertAll(deviations, deviation => deviation == 0 ? 0 : 1 / deviation);

    private static void InStretches(int rows, Action<int, int, int> work) => Parallel.For(
        0, Stretches, stretch => work(stretch, (int)((long)rows * stretch / Stretches), (int)((long)rows * (stretch + 1) / Stretches)));

    private static void Expand(ReadOnlySpan<double> row, double[] means, double[] scales, Span<double> to)
    {
        bool products = row.Length <= ProductWidth;
        int at = 0;
        to[at++] = 1;
        for (int j = 0; j < row.Length; j++)
        {
            double z = Standardised(row, means, scales, j);
            to[at++] = z;
            to[at++] = z * z;
            for (int k = j + 1; products && k < row.Length; k++)
            {
                to[at++] = z * Standardised(row, means, scales, k);
            }
        }
    }

    private static double Standardised(ReadOnlySpan<double> row, double[] means, double[] scales, int j) =>
        Math.Clamp((row[j] - means[j]) * scales[j], -Clip, Clip);

    private static double[] Added(double[][] parts)
    {
        double[] sum = parts[0];
        foreach (double[] part in parts.Skip(1))
        {
            TensorPrimitives.Add(sum, part, sum);
        }

        return sum;
    }

    private Span<double> Row(int i) => _values.AsSpan(i * _stride, _stride);

    /// <summary>Adds the tiles that lie on or above the diagonal.</summary>
    private void AddUpperTiles(ReadOnlySpan<double> weighted, ReadOnlySpan<double> rows, int count, Span<double> hessian)
    {
        for (int a = 0; a < _stride; a += OuterSums.Tall)
        {
            for (int b = a / OuterSums.Wide * OuterSums.Wide; b < _stride; b += OuterSums.Wide)
            {
                OuterSums.Add(weighted[a..], _stride, rows[b..], _stride, count, hessian[((a * _stride) + b)..], _stride);
            }
        }
    }

    private double[] Whole(double[] upper)
    {
        double[] whole = new double[Size * Size];
        for (int a = 0; a < Size; a++)
        {
            for (int b = 0; b < Size; b++)
            {
                whole[(a * Size) + b] = upper[(Math.Min(a, b) * _stride) + Math.Max(a, b)];
            }
        }

        return whole;
    }
}
