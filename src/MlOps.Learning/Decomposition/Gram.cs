using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Decomposition;

/// <summary>Sums of products of centred columns or rows. The upper triangle is filled.</summary>
internal static class Gram
{
    private const int Together = 4; // rows added at once, so that each sum is read and written a quarter as often

    /// <summary>XᶜᵀXᶜ, d × d.</summary>
    internal static double[] OfColumns(Matrix x, double[] means, CancellationToken cancellationToken)
    {
        int d = x.ColumnCount;
        int chunks = RowChunks.Count(x.RowCount, (long)d * d);
        var partial = new double[chunks][];
        RowChunks.Run(x.RowCount, chunks, (chunk, from, to) =>
        {
            partial[chunk] = new double[d * d];
            var rows = new double[Together * d];
            for (int i = from; i < to; i += Together)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Array.Clear(rows);
                for (int r = 0; r < Together && i + r < to; r++)
                {
                    Pca.Center(x.Row(i + r), means, rows.AsSpan(r * d, d));
                }

                AddProducts(partial[chunk], rows, d);
            }
        });
        double[] total = partial[0];
        foreach (double[] other in partial.Skip(1))
        {
            for (int a = 0; a < total.Length; a++)
            {
                total[a] += other[a];
            }
        }

        return total;
    }

    /// <summary>The products of each row with each other, n × n.</summary>
    internal static double[] OfRows(double[][] rows)
    {
        int n = rows.Length;
        var products = new double[n * n];
        Parallel.For(0, n, a =>
        {
            for (int b = a; b < n; b++)
            {
                double sum = 0;
                for (int j = 0; j < rows[a].Length; j++)
                {
                    sum += rows[a][j] * rows[b][j];
                }

                products[(a * n) + b] = sum;
            }
        });
        return products;
    }

    private static void AddProducts(double[] sums, double[] rows, int d)
    {
        ref double row = ref MemoryMarshal.GetArrayDataReference(rows);
        ref double to = ref MemoryMarshal.GetArrayDataReference(sums);
        for (int a = 0; a < d; a++)
        {
            (double p, double q, double r, double s) = (rows[a], rows[d + a], rows[(2 * d) + a], rows[(3 * d) + a]);
            int b = a;
            for (; b <= d - Vector512<double>.Count; b += Vector512<double>.Count)
            {
                nuint at = (nuint)((a * d) + b);
                Vector512<double> sum = Vector512.LoadUnsafe(ref to, at);
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(p), Vector512.LoadUnsafe(ref row, (nuint)b), sum);
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(q), Vector512.LoadUnsafe(ref row, (nuint)(d + b)), sum);
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(r), Vector512.LoadUnsafe(ref row, (nuint)((2 * d) + b)), sum);
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(s), Vector512.LoadUnsafe(ref row, (nuint)((3 * d) + b)), sum);
                sum.StoreUnsafe(ref to, at);
            }

            for (; b < d; b++)
            {
                double sum = Math.FusedMultiplyAdd(p, rows[b], sums[(a * d) + b]);
                sum = Math.FusedMultiplyAdd(q, rows[d + b], sum);
                sum = Math.FusedMultiplyAdd(r, rows[(2 * d) + b], sum);
                sums[(a * d) + b] = Math.FusedMultiplyAdd(s, rows[(3 * d) + b], sum);
            }
        }
    }
}
