using MlOps.Drift.Multivariate;

namespace MlOps.Drift.Tests.Multivariate;

/// <summary>The sums that are taken in tiles, against plain loops.</summary>
public sealed class TiledSumsTests
{
    [Fact]
    public void Add_Tile_EqualsFusedLoopBitForBit()
    {
        const int Count = 37;
        double[] a = Normals(Count * 11, 1);
        double[] b = Normals(Count * 20, 2);
        double[] sums = new double[8 * 17];

        OuterSums.Add(a, 11, b, 20, Count, sums, 17);

        for (int r = 0; r < 8; r++)
        {
            for (int c = 0; c < 16; c++)
            {
                double expected = 0;
                for (int k = 0; k < Count; k++)
                {
                    expected = Math.FusedMultiplyAdd(a[(k * 11) + r], b[(k * 20) + c], expected);
                }

                Assert.Equal(expected, sums[(r * 17) + c]);
            }
        }
    }

    [Theory]
    [InlineData(2, 2, 1)]
    [InlineData(9, 8, 17)] // not a multiple of a tile
    [InlineData(3, 30, 16)]
    public void Permuted_AnySizes_EqualSumsOfTheWholeTable(int n, int m, int permutations)
    {
        double[] rows = Normals((n + m) * 3, 3);
        var block = RowBlock.Of(rows.AsSpan(0, n * 3), rows.AsSpan(n * 3), 3, minRows: 2);
        PairSums[] sums = PairTable.SquaredDistances(block, default).Permuted(permutations, seed: 5, default);

        var random = new Random(5);
        double[] isCurrent = [.. Enumerable.Range(0, n + m).Select(i => i < n ? 0.0 : 1.0)];
        foreach (PairSums split in sums)
        {
            random.Shuffle(isCurrent);
            Assert.Equal(Sum(rows, (i, j) => (1 - isCurrent[i]) * (1 - isCurrent[j])), split.WithinReference, 1e-9);
            Assert.Equal(Sum(rows, (i, j) => isCurrent[i] * isCurrent[j]), split.WithinCurrent, 1e-9);
            Assert.Equal(Sum(rows, (i, j) => (1 - isCurrent[i]) * isCurrent[j]), split.Across, 1e-9);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(40)]
    public void Middle_AnyNumberOfPairs_EqualsTheSortedOnes(int rowsASide)
    {
        double[] rows = Normals(rowsASide * 2, 7);
        var block = RowBlock.Of(rows.AsSpan(0, rowsASide), rows.AsSpan(rowsASide), 1, minRows: 2);
        double[] sorted = [.. from i in Enumerable.Range(0, rows.Length) from j in Enumerable.Range(0, i) let gap = rows[i] - rows[j] orderby gap * gap select gap * gap];

        Assert.Equal((sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]), PairTable.SquaredDistances(block, default).Middle());
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(12, 300)]
    [InlineData(20, 1100)]
    public void WeightedProducts_AnyShape_EqualPlainLoops(int width, int count)
    {
        double[] rows = Normals(width * count, 9);
        double[] weights = Normals(count, 10);
        double[] means = new double[width];
        double[] ones = [.. Enumerable.Repeat(1.0, width)];
        var features = QuadraticFeatures.Of(rows, width, means, ones);
        int size = features.Size;
        double[][] columns = [.. Enumerable.Range(0, size).Select(j => features.Times([.. Enumerable.Range(0, size).Select(k => k == j ? 1.0 : 0.0)]))];

        double[] products = features.WeightedProducts(weights);
        double[] sum = features.WeightedSum(weights);

        for (int a = 0; a < size; a++)
        {
            Assert.Equal(columns[a].Zip(weights, (value, weight) => value * weight).Sum(), sum[a], 1e-8);
            for (int b = 0; b < size; b++)
            {
                Assert.Equal(Enumerable.Range(0, count).Sum(i => columns[a][i] * columns[b][i] * weights[i]), products[(a * size) + b], 1e-8);
            }
        }
    }

    private static double Sum(double[] rows, Func<int, int, double> weight)
    {
        int count = rows.Length / 3;
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                sum += weight(i, j) * Enumerable.Range(0, 3).Sum(k => (rows[(i * 3) + k] - rows[(j * 3) + k]) * (rows[(i * 3) + k] - rows[(j * 3) + k]));
            }
        }

        return sum;
    }

    private static double[] Normals(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))];
    }
}
