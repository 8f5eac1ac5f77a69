using MlOps.Data;

namespace MlOps.Drift.Tests;

/// <summary>Chance values against brute force: samples drawn again and again from one law with a seeded generator.</summary>
public sealed class ChanceTests
{
    private const int Draws = 2000;

    // A 0.95 quantile of 2,000 draws has a standard error of about 2 %; the approximations err by 1 to 3 % on top.
    private const double Tolerance = 0.08;

    private const DriftTests Distances =
        DriftTests.Psi | DriftTests.JensenShannon | DriftTests.KullbackLeibler | DriftTests.Hellinger | DriftTests.TotalVariation;

    [Theory]
    [InlineData("psi")]
    [InlineData("jensen-shannon")]
    [InlineData("kl")]
    [InlineData("hellinger")]
    [InlineData("total-variation")]
    public void Chance_OfLevelCounts_IsWhatFivePercentOfUnchangedSamplesExceed(string test)
    {
        double[] shares = [0.35, 0.25, 0.2, 0.12, 0.08];
        var random = new Random(11);
        double[] found = new double[Draws];
        double chance = 0;
        for (int i = 0; i < Draws; i++)
        {
            DriftTestResult result = Compare(Draw(random, shares, 900), Draw(random, shares, 600), Distances)[test];
            found[i] = result.Statistic;
            chance += result.Chance!.Value / Draws;
        }

        AssertNear(Quantile95(found), chance);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20)]
    public void TotalVariationChance_AnyNumberOfLevels_IsWhatFivePercentExceed(int levels)
    {
        var random = new Random(levels);
        double[] shares = [.. Enumerable.Range(1, levels).Select(i => i * 2.0 / (levels * (levels + 1)))];
        double[] found = new double[Draws];
        for (int i = 0; i < Draws; i++)
        {
            found[i] = TotalVariation.FromCounts(Draw(random, shares, 1500), Draw(random, shares, 1000)).Distance;
        }

        long[] reference = [.. shares.Select(share => (long)Math.Round(1500 * share))];
        long[] current = [.. shares.Select(share => (long)Math.Round(1000 * share))];
        AssertNear(Quantile95(found), FoldedNormals.TotalVariation(reference, current, 1500, 1000));
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("normal")]
    [InlineData("exponential")]
    [InlineData("binary")]
    [InlineData("rounded")]
    public void QuantileGrid_AnyLaw_GivesWhatFivePercentOfDistancesExceed(string law)
    {
        var random = new Random(5);
        double[] wasserstein = new double[Draws];
        double[] energy = new double[Draws];
        for (int i = 0; i < Draws; i++)
        {
            var a = SortedSample.Of(Draw(random, law, 300));
            var b = SortedSample.Of(Draw(random, law, 400));
            wasserstein[i] = Wasserstein.Measure(a, b).Distance;
            energy[i] = EnergyDistance.Measure(a, b).Distance;
        }

        var grid = new QuantileGrid(SortedSample.Of(Draw(random, law, 100_000)));
        AssertNear(Quantile95(wasserstein), grid.Wasserstein(300, 400));
        AssertNear(Quantile95(energy), grid.Energy(300, 400));
    }

    [Theory]
    [InlineData(20, 30)]
    [InlineData(300, 200)]
    [InlineData(5000, 9000)]
    public void KsChance_AnySizes_HasAPValueOfAboutFivePercent(int n, int m)
    {
        double d = KolmogorovLimit.Chance(n, m);

        Assert.InRange(KolmogorovLaw.Survival((int)Math.Round((double)n * m / (n + m)), d), 0.04, 0.06); // oracle: the finite law, tested against SciPy
    }

    [Fact]
    public void CramerVonMisesChance_LargeSamples_HasAPValueOfFivePercent() =>
        Assert.Equal(0.05, CramerVonMisesLaw.Asymptotic(400, 300, CramerVonMisesLaw.Quantile95(400, 300)), 1e-5);

    [Fact]
    public void Chance_ConstantColumn_IsZeroNotNaN()
    {
        var constant = new Table(new Column<double>("x", [.. Enumerable.Repeat(3.0, 20)]));
        ColumnDrift column = DriftReport.Compare(constant, constant, new DriftOptions { Tests = DriftTests.All })["x"];

        Assert.All(new[] { "psi", "wasserstein", "energy", "jensen-shannon", "total-variation" }, test => Assert.Equal(0, column[test].Chance));
        Assert.DoesNotContain(column.Tests, test => test.Name == "anderson-darling"); // undefined without two distinct values
        Assert.All(column.Tests, test => Assert.False(test.Drift, test.Name));
    }

    [Fact]
    public void Chance_MoreRows_ShrinksAsTheRoot()
    {
        double[] values = Samples.Make("bell", 4000, 1, 0);
        var small = new QuantileGrid(SortedSample.Of(values));

        Assert.Equal(2, small.Wasserstein(100, 100) / small.Wasserstein(400, 400), 1e-12);
        Assert.Equal(2, small.Energy(100, 100) / small.Energy(400, 400), 1e-12);
    }

    private static ColumnDrift Compare(long[] reference, long[] current, DriftTests tests)
    {
        static Table OfCounts(long[] counts) =>
            new(new StringColumn("c", counts.SelectMany((count, i) => Enumerable.Repeat($"{(char)('a' + i)}", (int)count))));

        return DriftReport.Compare(OfCounts(reference), OfCounts(current), new DriftOptions { Tests = tests, MaxDegreeOfParallelism = 1 })["c"];
    }

    private static long[] Draw(Random random, double[] shares, int rows)
    {
        long[] counts = new long[shares.Length];
        for (int i = 0; i < rows; i++)
        {
            double u = random.NextDouble();
            int level = 0;
            while (level < shares.Length - 1 && u >= shares[level])
            {
                u -= shares[level++];
            }

            counts[level]++;
        }

        return counts;
    }

    private static double[] Draw(Random random, string law, int rows)
    {
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double u = 1 - random.NextDouble();
            double normal = Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * random.NextDouble());
            values[i] = law switch
            {
                "normal" => normal,
                "exponential" => -Math.Log(u),
                "binary" => u < 0.3 ? 1 : 0,
                "rounded" => Math.Round(2 * normal),
                _ => u,
            };
        }

        return values;
    }

    private static double Quantile95(double[] values) => SortedSample.Of(values).Quantile(0.95);

    private static void AssertNear(double expected, double actual) =>
        Assert.True(Math.Abs(actual / expected - 1) <= Tolerance, $"simulated {expected}, computed {actual}");
}
