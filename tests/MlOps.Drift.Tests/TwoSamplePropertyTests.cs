using FsCheck;
using FsCheck.Fluent;

namespace MlOps.Drift.Tests;

/// <summary>What holds for any samples, of the tests that a report runs on request. 200 random cases each, from a fixed seed.</summary>
public sealed class TwoSamplePropertyTests
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20260606UL, 23UL);

    /// <summary>Short samples of numbers with few digits, so that ties are common.</summary>
    private static readonly Arbitrary<double[]> AnySample =
        Gen.Choose(-500, 500).Select(i => i / 10.0).ArrayOf().Where(values => values.Length > 1 && values.Distinct().Count() > 1).ToArbitrary();

    private static readonly Arbitrary<(long[] A, long[] B, long[] C)> AnyCounts =
        (from levels in Gen.Choose(1, 8)
         from a in Gen.Choose(0, 50).ArrayOf(levels)
         from b in Gen.Choose(0, 50).ArrayOf(levels)
         from c in Gen.Choose(0, 50).ArrayOf(levels)
         where a.Sum() > 0 && b.Sum() > 0 && c.Sum() > 0
         select (Longs(a), Longs(b), Longs(c))).ToArbitrary();

    [Fact]
    public void AndersonDarling_AnySamples_IsSymmetricAndSeesOnlyTheOrder() => Check(AnySample, AnySample, (a, b) =>
    {
        AndersonDarling ab = AndersonDarling.Test(a, b);
        return Near(ab.Statistic, AndersonDarling.Test(b, a).Statistic)
            && Near(ab.Statistic, AndersonDarling.Test(Cubes(a), Cubes(b)).Statistic)
            && Near(ab.Statistic, AndersonDarling.Test([.. a.Reverse()], b).Statistic)
            && ab.PValue is >= 0.001 and <= 0.25 && ab.WeightedGap >= 0;
    });

    [Fact]
    public void CramerVonMises_AnySamples_IsSymmetricAndSeesOnlyTheOrder() => Check(AnySample, AnySample, (a, b) =>
    {
        CramerVonMises ab = CramerVonMises.Test(a, b, PValueMethod.Asymptotic);
        CramerVonMises ba = CramerVonMises.Test(b, a, PValueMethod.Asymptotic);
        CramerVonMises cubes = CramerVonMises.Test(Cubes(a), Cubes([.. b.Reverse()]), PValueMethod.Asymptotic);
        return Near(ab.Statistic, ba.Statistic) && ab.Statistic == cubes.Statistic && ab.PValue is >= 0 and <= 1;
    });

    [Fact]
    public void MannWhitney_AnySamples_MirrorsAndCountsPairs() => Check(AnySample, AnySample, (a, b) =>
    {
        MannWhitney ab = MannWhitney.Test(a, b);
        MannWhitney ba = MannWhitney.Test(b, a);
        double pairs = a.Sum(x => b.Sum(y => x > y ? 1 : x == y ? 0.5 : 0));
        return ab.Statistic == pairs
            && Near(ab.Statistic + ba.Statistic, a.Length * b.Length)
            && Near(ab.PValue, ba.PValue)
            && Near(MannWhitney.Test(a, b, Alternative.Less).PValue, MannWhitney.Test(b, a, Alternative.Greater).PValue)
            && Near(ab.RankBiserial, -ba.RankBiserial)
            && ab.CommonLanguage is >= 0 and <= 1;
    });

    [Fact]
    public void Welch_AnySamples_FollowsShiftAndScale() => Check(AnySample, AnySample, (a, b) =>
    {
        Welch ab = Welch.Test(a, b);
        Welch moved = Welch.Test(Array.ConvertAll(a, x => (3 * x) + 7), Array.ConvertAll(b, x => (3 * x) + 7));
        (double low, double high) = ab.ConfidenceInterval();
        return Near(ab.Statistic, -Welch.Test(b, a).Statistic)
            && Near(ab.Statistic, moved.Statistic)
            && Near(3 * ab.MeanDifference, moved.MeanDifference)
            && Near(ab.HedgesG, moved.HedgesG)
            && low <= ab.MeanDifference && ab.MeanDifference <= high
            && (ab.PValue < 0.05) == (low > 0 || high < 0); // the interval and the test agree
    });

    [Fact]
    public void EnergyDistance_AnySamples_IsTheDoubleSumOfItsDefinition() => Check(AnySample, AnySample, (a, b) =>
    {
        double Mean(double[] x, double[] y) => x.Sum(u => y.Sum(v => Math.Abs(u - v))) / x.Length / y.Length;
        double squared = (2 * Mean(a, b)) - Mean(a, a) - Mean(b, b);
        double distance = EnergyDistance.Measure(a, b).Distance;
        return Math.Abs(squared - (distance * distance)) < 1e-9 * Math.Max(1, Mean(a, b))
            && Near(distance, EnergyDistance.Measure(b, a).Distance)
            && Near(2 * distance, EnergyDistance.Measure(Array.ConvertAll(a, x => -4 * x), Array.ConvertAll(b, x => -4 * x)).Distance);
    });

    [Fact]
    public void CountDistances_AnyCounts_AreBoundedMetricsThatBoundEachOther() => Check(AnyCounts, counts =>
    {
        (long[] a, long[] b, long[] c) = counts;
        double tv = TotalVariation.FromCounts(a, b).Distance;
        double h = Hellinger.FromCounts(a, b).Distance;
        return tv is >= 0 and <= 1 && h is >= 0 and <= 1
            && (h * h) <= tv + 1e-12 && tv <= (h * Math.Sqrt(2)) + 1e-12
            && Near(tv, TotalVariation.FromCounts(b, a).Distance) && Near(h, Hellinger.FromCounts(b, a).Distance)
            && tv <= TotalVariation.FromCounts(a, c).Distance + TotalVariation.FromCounts(c, b).Distance + 1e-12
            && h <= Hellinger.FromCounts(a, c).Distance + Hellinger.FromCounts(c, b).Distance + 1e-12
            && Near(h, Hellinger.FromCounts([.. a.Reverse()], [.. b.Reverse()]).Distance)
            && TotalVariation.FromCounts(a, a).Distance == 0 && Hellinger.FromCounts(a, a).Distance == 0;
    });

    [Fact]
    public void CountTests_AnyCounts_AreSymmetricAndBounded() => Check(AnyCounts, counts =>
    {
        (long[] a, long[] b, _) = counts;
        GTest ab = GTest.Test(a, b);
        return Near(ab.Statistic, GTest.Test(b, a).Statistic) && Near(ab.PValue, GTest.Test([.. a.Reverse()], [.. b.Reverse()]).PValue)
            && ab.Statistic >= 0 && ab.PValue is >= 0 and <= 1 && ab.CramersV is >= 0 and <= 1;
    });

    [Fact]
    public void TwoByTwo_AnyTable_FisherMirrorsAndZSquaredIsChiSquare() => Check(
        (from a in Gen.Choose(0, 40) from b in Gen.Choose(1, 40) from c in Gen.Choose(1, 40) from d in Gen.Choose(0, 40) select (long[])[a, b, c, d]).ToArbitrary(),
        t =>
        {
            FisherExact test = FisherExact.Test(t[0], t[1], t[2], t[3]);
            ProportionsZ z = ProportionsZ.Test(t[0], t[0] + t[1], t[2], t[2] + t[3]);
            (double low, double high) = z.ConfidenceInterval();
            return Near(test.PValue, FisherExact.Test(t[2], t[3], t[0], t[1]).PValue)
                && Near(test.PValue, FisherExact.Test(t[1], t[0], t[3], t[2]).PValue)
                && Near(FisherExact.Test(t[0], t[1], t[2], t[3], Alternative.Less).PValue, FisherExact.Test(t[2], t[3], t[0], t[1], Alternative.Greater).PValue)
                && test.PValue is > 0 and <= 1
                && Near(z.Statistic * z.Statistic, ChiSquare.Test([t[0], t[1]], [t[2], t[3]]).Statistic)
                && low >= -1 && high <= 1 && low <= z.Difference && z.Difference <= high;
        });

    private static double[] Cubes(double[] values) => Array.ConvertAll(values, x => x * x * x);

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected));

    private static long[] Longs(int[] counts) => Array.ConvertAll(counts, count => (long)count);

    private static void Check<T>(Arbitrary<T> first, Func<T, bool> property) => Prop.ForAll(first, property).Check(Cases);

    private static void Check<T>(Arbitrary<T> first, Arbitrary<T> second, Func<T, T, bool> property) => Prop.ForAll(first, second, property).Check(Cases);
}
