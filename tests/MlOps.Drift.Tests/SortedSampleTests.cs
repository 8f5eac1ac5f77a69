namespace MlOps.Drift.Tests;

public sealed class SortedSampleTests
{
    [Theory]
    [InlineData("uniform")]
    [InlineData("signed")]
    [InlineData("ties")]
    [InlineData("denormal")]
    [InlineData("far")]
    [InlineData("constant")]
    public void Sort_AnyKindAndLength_EqualsTheComparisonSort(string kind)
    {
        foreach (int count in new[] { 0, 1, 2, 511, 2047, 2048, 2049, 5000 })
        {
            double[] values = Samples.Make(kind, count, 3, -2);
            double[] expected = [.. values];
            Array.Sort(expected);

            RadixSort.Sort(values);

            Assert.Equal(expected, values);
        }
    }

    [Fact]
    public void Sort_SignedZerosAndExtremes_AreOrderedByValueAndSign()
    {
        double[] pattern = [0.0, -0.0, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 1, -1, double.PositiveInfinity, double.NegativeInfinity];
        double[] values = [.. Enumerable.Repeat(pattern, 300).SelectMany(v => v)];

        RadixSort.Sort(values);

        double[] order = [double.NegativeInfinity, double.MinValue, -1, -double.Epsilon, -0.0, 0.0, double.Epsilon, 1, double.MaxValue, double.PositiveInfinity];
        Assert.Equal(order.SelectMany(v => Enumerable.Repeat(BitConverter.DoubleToInt64Bits(v), 300)), values.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Sort_RandomBitPatterns_EqualsTheComparisonSort()
    {
        var random = new Random(11);
        double[] values = [.. Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).Where(double.IsFinite)];
        double[] expected = [.. values];
        Array.Sort(expected);

        RadixSort.Sort(values);

        Assert.Equal(expected, values);
    }

    [Fact]
    public void From_Values_AreCopied()
    {
        double[] values = [3, 1, 2];
        var sample = SortedSample.Of(values);

        Assert.Equal([3, 1, 2], values);
        Assert.Equal([1, 2, 3], sample.Values);
        Assert.Equal((1.0, 3.0, 3), (sample.Min, sample.Max, sample.Count));
    }

    [Theory]
    [InlineData(6000)]
    [InlineData(3)]
    public void From_NaNOfEitherSignOrInfinity_IsRefusedWithCounts(int count)
    {
        double[] nan = new double[count];
        nan[1] = double.NaN;
        nan[2] = -double.NaN;
        double[] infinite = new double[count];
        infinite[0] = double.PositiveInfinity;

        Assert.Contains("2 are NaN and 0 infinite", Assert.Throws<ArgumentException>(() => SortedSample.Of(nan)).Message, StringComparison.Ordinal);
        Assert.Contains("0 are NaN and 1 infinite", Assert.Throws<ArgumentException>(() => SortedSample.Of(infinite)).Message, StringComparison.Ordinal);
        Assert.Equal("values", Assert.Throws<ArgumentException>(() => SortedSample.Of([])).ParamName);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1.9)]
    [InlineData(0.5, 5.5)]
    [InlineData(0.99, 9.91)]
    [InlineData(1, 10)]
    public void Quantile_OneToTen_InterpolatesAsNumPy(double p, double expected) =>
        Assert.Equal(expected, SortedSample.Of([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]).Quantile(p), 1e-14);

    [Fact]
    public void Quantile_ExtremesOfDouble_StaysFinite() =>
        Assert.Equal(0, SortedSample.Of([-double.MaxValue, double.MaxValue]).Quantile(0.5));

    [Fact]
    public void Quantile_NotAShare_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SortedSample.Of([1]).Quantile(1.1));

    [Fact]
    public void Moments_ValuesFarFromZero_KeepTheirDigits()
    {
        // 1e9 + {0, 1, 2, 3}: mean 1e9 + 1.5, variance 1.25 with divisor n.
        var sample = SortedSample.Of([1e9 + 3, 1e9, 1e9 + 1, 1e9 + 2]);

        Assert.Equal(1e9 + 1.5, sample.Mean);
        Assert.Equal(Math.Sqrt(1.25), sample.StandardDeviation, 1e-15);
        Assert.Equal(0, SortedSample.Of([0.1, 0.1, 0.1]).StandardDeviation);
    }

    [Fact]
    public void Counts_AtATie_TellBelowFromAtMost()
    {
        var sample = SortedSample.Of([1, 2, 2, 2, 5]);

        Assert.Equal((1, 4), (sample.CountBelow(2), sample.CountAtMost(2)));
        Assert.Equal((0, 5), (sample.CountBelow(1), sample.CountAtMost(5)));
    }

    [Fact]
    public void StandardDeviation_FarFromZero_KeepsItsDigits()
    {
        // 0, 2, …, 12 far out: variance (7² − 1) / 12 · 4 = 16
        double[] far = [.. Enumerable.Range(0, 7).Select(i => Math.Pow(2, 53) + (2 * i))];

        Assert.Equal(4, SortedSample.Of(far).StandardDeviation, 1e-12);
    }
}
