using MlOps.Learning.Neural;

namespace MlOps.Learning.Tests.Neural;

public sealed class MatrixProductTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 8, 32, 5 }, { 7, 31, 3 }, { 9, 33, 64 }, { 64, 10, 100 }, { 130, 70, 17 }, { 5, 40, 1500 }, { 3, 2, 0 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Add_EverySizeAndTransposition_EqualsTheProductInDouble(int m, int n, int k)
    {
        float[] a = Numbers(m * k, 1);
        float[] b = Numbers(k * n, 2);
        foreach (bool left in new[] { false, true })
        {
            foreach (bool right in new[] { false, true })
            {
                float[] c = Numbers(m * n, 3);
                float[] before = [.. c];
                MatrixProduct.Add(Left(a, m, k, left), Right(b, k, n, right), c, m, n, k, new Threads(2));
                for (int i = 0; i < m; i++)
                {
                    for (int j = 0; j < n; j++)
                    {
                        double expected = before[(i * n) + j];
                        for (int p = 0; p < k; p++)
                        {
                            expected += (double)(left ? a[(p * m) + i] : a[(i * k) + p]) * (right ? b[(j * k) + p] : b[(p * n) + j]);
                        }

                        Assert.Equal(expected, c[(i * n) + j], 1e-6 * Math.Sqrt(k + 1) * 4); // k roundings of sums of that size
                    }
                }
            }
        }
    }

    [Fact]
    public void Add_EveryNumberOfThreads_GivesTheSumInOrderBitForBit()
    {
        const int M = 150, N = 90, K = 1100;
        float[] a = Numbers(M * K, 1);
        float[] b = Numbers(K * N, 2);
        float[] expected = new float[M * N];
        for (int i = 0; i < M; i++)
        {
            for (int p = 0; p < K; p++)
            {
                for (int j = 0; j < N; j++)
                {
                    expected[(i * N) + j] = MathF.FusedMultiplyAdd(a[(i * K) + p], b[(p * N) + j], expected[(i * N) + j]);
                }
            }
        }

        foreach (int threads in new[] { 1, 2, 5 })
        {
            float[] c = new float[M * N];
            MatrixProduct.Add(MatrixView.Rows(a, K), MatrixView.Rows(b, N), c, M, N, K, new Threads(threads));
            Assert.Equal(expected, c);
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(6)]
    [InlineData(3)]
    [InlineData(1)]
    public void Narrow_AnyRows_GivesTheBitsOfWide(int rows)
    {
        const int K = 77;
        float[] a = Numbers(rows * K, 1);
        float[] b = Numbers(K * MatrixTile.Columns, 2);
        float[] wide = new float[MatrixTile.Rows * MatrixTile.Columns];
        float[] narrow = new float[MatrixTile.Rows * MatrixTile.Columns];
        MatrixTile.Wide(ref a[0], K, 1, ref b[0], MatrixTile.Columns, ref wide[0], MatrixTile.Columns, K, rows);
        MatrixTile.Narrow(ref a[0], K, 1, ref b[0], MatrixTile.Columns, ref narrow[0], MatrixTile.Columns, K, rows);
        Assert.Equal(wide[..(rows * MatrixTile.Columns)], narrow[..(rows * MatrixTile.Columns)]);
    }

    [Fact]
    public void Add_InputThatIsTooShort_IsRefusedBeforeAnythingIsRead() =>
        Assert.Throws<IndexOutOfRangeException>(() => MatrixTile.Add(new float[8], 4, 1, new float[128], 32, new float[256], 32, 4, 8, 32));

    private static MatrixView Left(float[] a, int m, int k, bool transposed) => transposed ? MatrixView.Rows(a, m).Transposed() : MatrixView.Rows(a, k);

    private static MatrixView Right(float[] b, int k, int n, bool transposed) => transposed ? MatrixView.Rows(b, k).Transposed() : MatrixView.Rows(b, n);

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }
}
