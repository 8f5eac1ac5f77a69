using FsCheck;
using FsCheck.Fluent;

namespace MlOps.Drift.Tests;

/// <summary>What holds for any samples. 300 random cases each, from a fixed seed.</summary>
public sealed class PropertyTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20260101UL, 17UL);

    /// <summary>Short samples of numbers with few digits, so that ties are common.</summary>
    private static readonly Arbitrary<double[]> AnySample =
        Gen.Choose(-500, 500).Select(i => i / 10.0).ArrayOf().Where(values => values.Length > 0).ToArbitrary();

    private static readonly Arbitrary<(long[] A, long[] B, long[] C)> AnyCounts =
        (from levels in Gen.Choose(1, 8)
         from a in Gen.Choose(0, 50).ArrayOf(levels)
         from b in Gen.Choose(0, 50).ArrayOf(levels)
         from c in Gen.Choose(0, 50).ArrayOf(levels)
         where a.Sum() > 0 && b.Sum() > 0 && c.Sum() > 0
         select (Longs(a), Longs(b), Longs(c))).ToArbitrary();

    [Fact]
    public void KolmogorovSmirnov_AnySamples_IsSymmetricBoundedAndMonotone() => Check(
        AnySample,
        AnySample,
        (a, b) =>
        {
            KolmogorovSmirnov ab = KolmogorovSmirnov.Test(a, b);
            KolmogorovSmirnov ba = KolmogorovSmirnov.Test(b, a);
            KolmogorovSmirnov transformed = KolmogorovSmirnov.Test(Array.ConvertAll(a, x => x * x * x), Array.ConvertAll(b, x => x * x * x));
            return ab.Statistic == ba.Statistic && Near(ab.PValue, ba.PValue)
                && ab.Statistic is >= 0 and <= 1 && ab.PValue is >= 0 and <= 1
                && transformed.Statistic == ab.Statistic && transformed.PValue == ab.PValue;
        });

    [Fact]
    public void KolmogorovSmirnov_AnySamples_IsTheLargestGapOfTheDistributionFunctions() => Check(
        AnySample,
        AnySample,
        (a, b) => Near(
            KolmogorovSmirnov.Test(a, b).Statistic,
            a.Concat(b).Max(x => Math.Abs((a.Count(v => v <= x) / (double)a.Length) - (b.Count(v => v <= x) / (double)b.Length)))));

    [Fact]
    public void SampleStatistics_AnyOrder_AreUnchanged() => Check(
        AnySample,
        AnySample,
        (a, b) =>
        {
            double[] reversed = [.. a.Reverse()];
            return KolmogorovSmirnov.Test(a, b) == KolmogorovSmirnov.Test(reversed, b)
                && Wasserstein.Measure(a, b) == Wasserstein.Measure(reversed, b)
                && PopulationStabilityIndex.Measure(a, b) == PopulationStabilityIndex.Measure(reversed, b);
        });

    [Fact]
    public void Wasserstein_AnySamples_IsAMetricThatFollowsShiftAndScale() => Check(
        AnySample,
        AnySample,
        (a, b) =>
        {
            double w = Wasserstein.Measure(a, b).Distance;
            double throughZero = Wasserstein.Measure(a, [0]).Distance + Wasserstein.Measure([0], b).Distance;
            return Near(w, Wasserstein.Measure(b, a).Distance)
                && Near(7, Wasserstein.Measure(a, Array.ConvertAll(a, x => x + 7)).Distance)
                && Near(3 * w, Wasserstein.Measure(Array.ConvertAll(a, x => -3 * x), Array.ConvertAll(b, x => -3 * x)).Distance)
                && w >= Math.Abs(a.Average() - b.Average()) - 1e-9
                && w <= throughZero + 1e-9;
        });

    [Fact]
    public void Psi_AnySamples_IsNotNegativeAndZeroForItself() => Check(
        AnySample,
        AnySample,
        (a, b) => PopulationStabilityIndex.Measure(a, b).Value >= 0 && PopulationStabilityIndex.Measure(a, a).Value == 0);

    [Fact]
    public void CountStatistics_AnyCounts_AreSymmetricAndIgnoreTheOrderOfLevels() => Check(
        AnyCounts,
        counts =>
        {
            (long[] a, long[] b, _) = counts;
            (long[] ar, long[] br) = ([.. a.Reverse()], [.. b.Reverse()]);
            return Near(PopulationStabilityIndex.FromCounts(a, b).Value, PopulationStabilityIndex.FromCounts(b, a).Value)
                && Near(PopulationStabilityIndex.FromCounts(a, b).Value, PopulationStabilityIndex.FromCounts(ar, br).Value)
                && Near(JensenShannon.FromCounts(a, b).Divergence, JensenShannon.FromCounts(b, a).Divergence)
                && Near(ChiSquare.Test(a, b).Statistic, ChiSquare.Test(b, a).Statistic)
                && Near(ChiSquare.Test(a, b).PValue, ChiSquare.Test(ar, br).PValue)
                && KullbackLeibler.FromCounts(a, b).Divergence >= -1e-12;
        });

    [Fact]
    public void JensenShannon_AnyCounts_IsABoundedMetric() => Check(
        AnyCounts,
        counts =>
        {
            double ab = JensenShannon.FromCounts(counts.A, counts.B, 2).Distance;
            double ac = JensenShannon.FromCounts(counts.A, counts.C, 2).Distance;
            double cb = JensenShannon.FromCounts(counts.C, counts.B, 2).Distance;
            return ab is >= 0 and <= 1 + 1e-12 && ab <= ac + cb + 1e-7 && JensenShannon.FromCounts(counts.A, counts.A).Distance == 0;
        });

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected));

    private static long[] Longs(int[] counts) => Array.ConvertAll(counts, count => (long)count);

    private static void Check<T>(Arbitrary<T> first, Func<T, bool> property) => Prop.ForAll(first, property).Check(Cases);

    private static void Check<T>(Arbitrary<T> first, Arbitrary<T> second, Func<T, T, bool> property) => Prop.ForAll(first, second, property).Check(Cases);
}
