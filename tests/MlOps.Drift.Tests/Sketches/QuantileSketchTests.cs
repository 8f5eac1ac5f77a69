using MlOps.Drift.Sketches;

namespace MlOps.Drift.Tests.Sketches;

public sealed class QuantileSketchTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, SketchReferences.Quantiles.Count)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Quantile_FewValues_EqualsNumPy(int index)
    {
        SketchReferences.QuantileCase known = SketchReferences.Quantiles[index];
        var sketch = new QuantileSketch();
        sketch.Add(Samples.Make(known.Kind, known.N, known.Seed, 0));

        Assert.True(sketch.IsExact);
        Assert.Equal(known.Quantiles, known.Shares.Select(sketch.Quantile));
        Assert.Equal((known.Quantiles[0], known.Quantiles[^1]), (sketch.Min, sketch.Max));
        References.AssertRelative(known.Mean, sketch.Mean, 1e-12, "mean");
        References.AssertRelative(known.Variance, sketch.Variance, 1e-9, "variance"); // NumPy's own error at 10⁹ + u
    }

    [Fact]
    public void Counts_FewValues_AreThoseOfTheSample()
    {
        double[] values = Samples.Make("ties", 500, 3, 0);
        var sample = SortedSample.Of(values);
        var sketch = new QuantileSketch();
        Array.ForEach(values, sketch.Add);

        foreach (double x in (double[])[-1, 0, 0.5, 3, 6, 7, double.NegativeInfinity, double.PositiveInfinity])
        {
            Assert.Equal(sample.CountAtMost(x), sketch.CountAtMost(x));
            Assert.Equal(sample.CountBelow(x), sketch.CountBelow(x));
            Assert.Equal(sample.CountAtMost(x) / 500.0, sketch.Cdf(x));
        }

        Assert.Equal(0, sketch.CountAtMost(double.NaN));
    }

    [Fact]
    public void Add_NaNAndInfinite_AreCountedAndLeftOut()
    {
        var one = new QuantileSketch();
        var all = new QuantileSketch();
        double[] values = [1, double.NaN, double.PositiveInfinity, 2, double.NegativeInfinity, double.NaN, double.NaN];
        Array.ForEach(values, one.Add);
        all.Add(values);

        Assert.Equal((2, 3, 2), (all.Count, all.Missing, all.Infinite));
        Assert.Equal((1.0, 2.0, 1.5, 0.25), (all.Min, all.Max, all.Mean, all.Variance));
        Assert.Equal(SketchBytes.Of(all), SketchBytes.Of(one));
    }

    [Fact]
    public void Empty_NoValue_AnswersNaNOrRefuses()
    {
        var sketch = new QuantileSketch();
        sketch.Add([]);
        sketch.Add(double.NaN);

        Assert.All((double[])[sketch.Min, sketch.Max, sketch.Mean, sketch.Variance], x => Assert.Equal(double.NaN, x));
        Assert.Equal(0, sketch.CountAtMost(1));
        Assert.Contains("1 missing", Assert.Throws<InvalidOperationException>(() => sketch.Quantile(0.5)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => sketch.Cdf(0));
    }

    [Fact]
    public void Add_OneByOneOrAtOnce_GivesTheSameBytes()
    {
        double[] values = Samples.Uniforms(10_000, 1);
        var one = new QuantileSketch(64, seed: 3);
        var all = new QuantileSketch(64, seed: 3);
        Array.ForEach(values, one.Add);
        all.Add(values);

        Assert.Equal(SketchBytes.Of(all), SketchBytes.Of(one));
        Assert.NotEqual(SketchBytes.Of(all), SketchBytes.Of(Sketched(values, 64, seed: 4)));
    }

    [Fact]
    public void Add_ConstantMillion_IsThatConstantEverywhere()
    {
        QuantileSketch sketch = Sketched([.. Enumerable.Repeat(-0.0, 1_000_000)], 16);

        Assert.False(sketch.IsExact);
        Assert.All((double[])[0, 0.3, 1], p => Assert.Equal(0, sketch.Quantile(p)));
        Assert.Equal((0, 1_000_000), (sketch.CountBelow(0), sketch.CountAtMost(0)));
        Assert.Equal((0, 0), (sketch.Mean, sketch.Variance));
    }

    [Fact]
    public void Moments_FarFromZero_KeepTheirDigits()
    {
        // By hand: 10⁹ + {0, 1, …, 9}, 10,000 times each: mean 10⁹ + 4.5, variance 8.25.
        QuantileSketch sketch = Sketched([.. Enumerable.Range(0, 100_000).Select(i => 1e9 + (i % 10))], 32);

        References.AssertRelative(1e9 + 4.5, sketch.Mean, 1e-15, "mean");
        References.AssertRelative(8.25, sketch.Variance, 1e-10, "variance"); // the means of the parts are known to 10⁻⁷
    }

    [Theory]
    [InlineData("sorted")]
    [InlineData("reversed")]
    [InlineData("zigzag")]
    [InlineData("shuffled")]
    [InlineData("ties")]
    [InlineData("steps")]
    [InlineData("inside out")]
    public void Ranks_MillionInAnyOrder_AreWithinTheStatedError(string order)
    {
        double[] values = Ordered(order, 1_000_000);
        var exact = SortedSample.Of(values);
        foreach (int accuracy in (int[])[64, 512])
        {
            QuantileSketch sketch = Sketched(values, accuracy);
            Assert.Equal((exact.Count, exact.Min, exact.Max), (sketch.Count, sketch.Min, sketch.Max));
            Assert.InRange(LargestError(sketch, exact), 0, sketch.RankErrorEverywhere);
            for (int i = 0; i <= 1000; i++)
            {
                double x = sketch.Quantile(i / 1000.0);
                double slack = sketch.RankErrorEverywhere * exact.Count;
                Assert.InRange(i / 1000.0 * exact.Count, exact.CountBelow(x) - slack - 1, exact.CountAtMost(x) + slack + 1);
            }
        }
    }

    [Fact]
    public void Ranks_ManySeeds_AreUnbiasedAndExceedTheErrorOfOneRankInAtMostOnePercent()
    {
        // 400 sketches, ε of probability 0.01: 12 excesses or more have probability 0.001 at most.
        const int Sketches = 400;
        double[] values = Samples.Uniforms(20_000, 11);
        double median = SortedSample.Of(values).CountAtMost(0.5);
        double[] errors = [.. Enumerable.Range(0, Sketches).Select(seed => (Sketched(values, 32, seed).CountAtMost(0.5) - median) / values.Length)];

        double mean = errors.Average();
        double deviation = Math.Sqrt(errors.Average(e => e * e));
        Assert.InRange(errors.Count(e => Math.Abs(e) > QuantileSketch.RankErrorOf(32)), 0, 11);
        Assert.InRange(mean, -4 * deviation / Math.Sqrt(Sketches), 4 * deviation / Math.Sqrt(Sketches));
        Assert.InRange(deviation, 0, 1 / (Math.Sqrt(2) * 32)); // the bound of the proof: √(1/2) / k
    }

    [Fact]
    public void Merge_AnyOrderAndGrouping_KeepsWhatIsExactAndTheErrorOfTheRest()
    {
        double[] values = Ordered("zigzag", 300_000);
        var exact = SortedSample.Of(values);
        QuantileSketch[] Parts() => [.. Split(values, 23).Select((part, i) => Sketched([.. part, double.NaN, double.PositiveInfinity], 64, seed: i))];

        QuantileSketch[] forward = Parts();
        QuantileSketch[] backward = [.. Parts().Reverse()];
        Array.ForEach(forward[1..], forward[0].Merge);
        Array.ForEach(backward[1..], backward[0].Merge);
        QuantileSketch tree = Tree(Parts());

        foreach (QuantileSketch merged in (QuantileSketch[])[forward[0], backward[0], tree])
        {
            Assert.Equal((300_000, 23, 23, exact.Min, exact.Max), (merged.Count, merged.Missing, merged.Infinite, merged.Min, merged.Max));
            Assert.Equal(exact.Mean, merged.Mean, 1e-12 * exact.Max); // values from −100,000 to 100,000 about a mean near 0
            References.AssertRelative(exact.StandardDeviation * exact.StandardDeviation, merged.Variance, 1e-12, "variance");
            Assert.InRange(LargestError(merged, exact), 0, merged.RankErrorEverywhere);
        }
    }

    [Fact]
    public void Merge_ExactSketches_StaysExactWhileTheValuesFit()
    {
        double[] values = Samples.Make("heavy", 1000, 5, 0);
        QuantileSketch merged = Tree([.. Split(values, 7).Select(part => Sketched(part, 128))]);

        Assert.True(merged.IsExact);
        Assert.Equal(0, merged.RankErrorEverywhere);
        Assert.Equal(SortedSample.Of(values).Quantile(0.37), merged.Quantile(0.37));
    }

    [Fact]
    public void Merge_Other_LeavesTheOtherAsItWas()
    {
        QuantileSketch other = Sketched(Samples.Uniforms(5000, 2), 32);
        byte[] before = SketchBytes.Of(other);

        QuantileSketch sketch = Sketched(Samples.Uniforms(7000, 3), 32);
        sketch.Merge(other);
        sketch.Add(Samples.Uniforms(9000, 4));

        Assert.Equal(before, SketchBytes.Of(other));
    }

    [Fact]
    public void Retained_HundredMillionWouldBe_GrowsWithTheLogarithm()
    {
        QuantileSketch sketch = Sketched(Samples.Uniforms(100_000, 1), 16);
        for (int i = 0; i < 13; i++)
        {
            QuantileSketch copy = Sketched([], 16, seed: i);
            copy.Merge(sketch);
            sketch.Merge(copy); // twice as many
        }

        Assert.Equal(819_200_000, sketch.Count);
        Assert.InRange(sketch.Retained, 1, (16 * 8) + (16 * 24)); // 8k + k·log₂(n / 8k)
    }

    [Fact]
    public void Arguments_BadValues_AreNamed()
    {
        Assert.Throws<ArgumentOutOfRangeException>("accuracy", () => new QuantileSketch(15));
        Assert.Throws<ArgumentOutOfRangeException>("accuracy", () => new QuantileSketch((1 << 20) + 1));
        QuantileSketch sketch = Sketched([1, 2], 16);
        Assert.Throws<ArgumentOutOfRangeException>("p", () => sketch.Quantile(1.1));
        Assert.Throws<ArgumentOutOfRangeException>("p", () => sketch.Quantile(double.NaN));
        Assert.Throws<ArgumentException>("other", () => sketch.Merge(new QuantileSketch(32)));
        Assert.Throws<ArgumentException>("other", () => sketch.Merge(sketch));
        Assert.Throws<ArgumentNullException>("other", () => sketch.Merge(null!));
    }

    internal static QuantileSketch Sketched(double[] values, int accuracy, int seed = 0)
    {
        var sketch = new QuantileSketch(accuracy, seed);
        sketch.Add(values);
        return sketch;
    }

    internal static IEnumerable<double[]> Split(double[] values, int parts)
    {
        for (int i = 0; i < parts; i++)
        {
            int from = (int)((long)i * i * values.Length / (parts * parts)); // uneven
            int to = (int)((long)(i + 1) * (i + 1) * values.Length / (parts * parts));
            yield return values[from..to];
        }
    }

    private static QuantileSketch Tree(QuantileSketch[] parts)
    {
        for (int step = 1; step < parts.Length; step *= 2)
        {
            for (int i = 0; i + step < parts.Length; i += 2 * step)
            {
                parts[i].Merge(parts[i + step]);
            }
        }

        return parts[0];
    }

    /// <summary>Over all values, of both counts.</summary>
    private static double LargestError(QuantileSketch sketch, SortedSample exact)
    {
        double largest = 0;
        for (int i = 0; i < exact.Count; i += 97)
        {
            double x = exact.Values[i];
            largest = Math.Max(largest, Math.Abs(sketch.CountAtMost(x) - exact.CountAtMost(x)));
            largest = Math.Max(largest, Math.Abs(sketch.CountBelow(x) - exact.CountBelow(x)));
        }

        return largest / exact.Count;
    }

    private static double[] Ordered(string order, int count)
    {
        var random = new Random(7);
        double[] values = [.. Enumerable.Range(0, count).Select(i => i / 3.0)];
        switch (order)
        {
            case "reversed":
                Array.Reverse(values);
                break;
            case "zigzag":
                values = [.. values.Select((x, i) => i % 2 == 0 ? x : -x)];
                break;
            case "shuffled":
                random.Shuffle(values);
                break;
            case "ties":
                values = [.. values.Select(_ => (double)random.Next(7))];
                break;
            case "steps":
                values = [.. values.Select((_, i) => (double)(i / 4096 % 50))]; // long runs of one value
                break;
            case "inside out":
                values = [.. values.Select((_, i) => (i % 2 == 0 ? 1.0 : -1.0) / (i + 1))];
                break;
        }

        return values;
    }
}
