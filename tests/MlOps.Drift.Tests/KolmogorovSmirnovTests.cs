namespace MlOps.Drift.Tests;

public sealed class KolmogorovSmirnovTests
{
    [Fact]
    public void Test_WorkedExample_LargestGapIsHalf()
    {
        // By hand: after 2 the shares are 2/4 and 0/4, after 4 they are 4/4 and 2/4.
        KolmogorovSmirnov result = KolmogorovSmirnov.Test([1, 2, 3, 4], [3, 4, 5, 6]);

        Assert.Equal(0.5, result.Statistic);
        Assert.Equal(2, result.Location);
        Assert.Equal((4, 4), (result.ReferenceCount, result.CurrentCount));
        Assert.Equal(KolmogorovMethod.Exact, result.Method);
    }

    [Fact]
    public void Test_DisjointSamples_GapIsOneAndPIsTwoOverAllOrders()
    {
        // Of the C(7, 3) = 35 orders of 3 and 4 values, 2 separate the samples.
        KolmogorovSmirnov result = KolmogorovSmirnov.Test([1, 2, 3], [10, 11, 12, 13]);

        Assert.Equal(1, result.Statistic);
        Assert.Equal(2.0 / 35, result.PValue, 1e-15);
    }

    [Theory]
    [InlineData(KolmogorovMethod.Exact)]
    [InlineData(KolmogorovMethod.Asymptotic)]
    public void Test_IdenticalSamples_GapIsZeroAndPIsOne(KolmogorovMethod method)
    {
        KolmogorovSmirnov result = KolmogorovSmirnov.Test([5, 1, 1, 3, -0.0], [1, 3, 0.0, 5, 1], method);

        Assert.Equal(0, result.Statistic);
        Assert.Equal(1, result.PValue);
    }

    [Fact]
    public void Test_TieAtTheEndOfOneSample_GapCountsAfterTheTie()
    {
        // F jumps to 1 at 2, G has passed 2 of 3 there: D = 1/3. Looking between the tied values would see more.
        Assert.Equal(1.0 / 3, KolmogorovSmirnov.Test([2, 2], [2, 2, 3]).Statistic, 1e-15);
    }

    [Fact]
    public void Survival_EveryGapOfSmallSamples_EqualsEnumeration()
    {
        for (int n = 1; n <= 7; n++)
        {
            for (int m = 1; m <= 7; m++)
            {
                long[] gaps = LargestGaps(n, m);
                foreach (long gap in gaps.Distinct())
                {
                    double share = gaps.Count(g => g >= gap) / (double)gaps.Length;
                    Assert.Equal(share, TwoSampleLaw.Survival(n, m, gap), 1e-13);
                }
            }
        }
    }

    [Theory]
    [InlineData(10_000, KolmogorovMethod.Exact)]
    [InlineData(10_001, KolmogorovMethod.Asymptotic)]
    public void Test_AutoMethod_IsExactUpToTenThousand(int n, KolmogorovMethod expected)
    {
        double[] values = Samples.Uniforms(n, 1);

        Assert.Equal(expected, KolmogorovSmirnov.Test(values, [0.5]).Method);
        Assert.Equal(expected, KolmogorovSmirnov.Test([0.5], values).Method);
    }

    [Fact]
    public void Test_LargeGapOfLargeSamples_PIsZeroNotNaN()
    {
        KolmogorovSmirnov result = KolmogorovSmirnov.Test(Samples.Make("uniform", 9999, 1, 0), Samples.Make("uniform", 10000, 2, 3));

        Assert.Equal(1, result.Statistic);
        Assert.Equal(0, result.PValue);
    }

    [Fact]
    public void Test_ValuesAtTheEndsOfDouble_Works()
    {
        KolmogorovSmirnov result = KolmogorovSmirnov.Test([-double.MaxValue, double.MaxValue], [double.Epsilon, -double.Epsilon]);

        Assert.Equal(0.5, result.Statistic);
    }

    [Fact]
    public void Test_UnknownMethod_Throws() =>
        Assert.Equal("method", Assert.Throws<ArgumentOutOfRangeException>(() => KolmogorovSmirnov.Test([1], [2], (KolmogorovMethod)9)).ParamName);

    [Fact]
    public void Test_BadSamples_NameTheArgumentAndTheCount()
    {
        ArgumentException empty = Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Test([], [1]));
        ArgumentException nan = Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Test([1], [double.NaN, 2, double.NaN]));
        ArgumentException infinite = Assert.Throws<ArgumentException>(() => KolmogorovSmirnov.Test([double.NegativeInfinity], [1]));

        Assert.Equal("reference", empty.ParamName);
        Assert.Equal("current", nan.ParamName);
        Assert.Contains("2 are NaN", nan.Message, StringComparison.Ordinal);
        Assert.Contains("1 infinite", infinite.Message, StringComparison.Ordinal);
    }

    /// <summary>The largest |m·i − n·j| of every order in which n and m values can appear.</summary>
    private static long[] LargestGaps(int n, int m)
    {
        var gaps = new List<long>();
        for (int order = 0; order < 1 << (n + m); order++)
        {
            if (int.PopCount(order) != n)
            {
                continue;
            }

            long gap = 0;
            long largest = 0;
            for (int step = 0; step < n + m; step++)
            {
                gap += ((order >> step) & 1) == 1 ? m : -n;
                largest = Math.Max(largest, Math.Abs(gap));
            }

            gaps.Add(largest);
        }

        return [.. gaps];
    }
}
