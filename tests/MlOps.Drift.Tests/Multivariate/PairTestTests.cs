using MlOps.Drift.Multivariate;

namespace MlOps.Drift.Tests.Multivariate;

/// <summary>Energy and MMD against SciPy, and their p-values against every split there is.</summary>
public sealed class PairTestTests
{
    public static TheoryData<int> Cases() => new(Enumerable.Range(0, MultivariateReferences.Cases.Count));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Energy_RealRows_EqualsSciPy(int index)
    {
        MultivariateReferences.Case c = MultivariateReferences.Cases[index];

        References.AssertClose(c.Energy, EnergyTest.Test(c.Reference, c.Current, c.Width).Statistic, c.Name);
        References.AssertClose(c.Energy1, EnergyTest.Test(c.ReferenceColumn(0), c.CurrentColumn(0)).Distance, c.Name + ", first column, scipy.stats.energy_distance");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Mmd_RealRows_EqualsNumPy(int index)
    {
        MultivariateReferences.Case c = MultivariateReferences.Cases[index];

        MaximumMeanDiscrepancy mmd = MaximumMeanDiscrepancy.Test(c.Reference, c.Current, c.Width, c.Sigma);

        References.AssertClose(c.SigmaUsed, mmd.Bandwidth, "bandwidth");
        References.AssertClose(c.Biased, mmd.Biased, "biased");
        References.AssertClose(c.Unbiased, mmd.Unbiased, "unbiased");
    }

    [Fact]
    public void PValues_SpeciesAndHalves_TellThemApartOrNot()
    {
        // setosa and versicolor share no value of a petal; two random halves of one data set differ by chance only
        MultivariateReferences.Case apart = MultivariateReferences.Cases[0];
        MultivariateReferences.Case same = MultivariateReferences.Cases[2];

        Assert.Equal(1.0 / 501, EnergyTest.Test(apart.Reference, apart.Current, apart.Width).PValue, 1e-12);
        Assert.Equal(1.0 / 501, MaximumMeanDiscrepancy.Test(apart.Reference, apart.Current, apart.Width).PValue, 1e-12);
        Assert.InRange(EnergyTest.Test(same.Reference, same.Current, same.Width).PValue, 0.05, 1);
        Assert.InRange(MaximumMeanDiscrepancy.Test(same.Reference, same.Current, same.Width).PValue, 0.05, 1);
    }

    [Fact]
    public void PValue_TinySample_IsTheShareOfAllSplits()
    {
        // 4 + 4 values have 70 splits; the permutation p-value must come near the share of them that are as extreme, counted by hand below
        double[] x = [0.1, 0.4, 1.1, 0.7];
        double[] y = [0.9, 1.7, 1.5, 0.6];
        double[] all = [.. x, .. y];
        double observed = Brute(x, y);
        int extreme = 0;
        int splits = 0;
        for (int mask = 0; mask < 256; mask++)
        {
            if (int.PopCount(mask) == 4)
            {
                splits++;
                double[] a = [.. all.Where((_, i) => (mask >> i & 1) == 0)];
                double[] b = [.. all.Where((_, i) => (mask >> i & 1) == 1)];
                extreme += Brute(a, b) >= observed - 1e-12 ? 1 : 0;
            }
        }

        EnergyTest test = EnergyTest.Test(x, y, 1, new PermutationOptions { Permutations = 20_000 });

        Assert.Equal(70, splits);
        Assert.Equal(observed, test.Statistic, 1e-12);
        Assert.Equal((double)extreme / splits, test.PValue, 0.015); // four standard errors of a share from 20,000 draws are at most 0.014
    }

    [Fact]
    public void PValue_EqualLaws_IsSmallAsSeldomAsItSays()
    {
        int small = 0;
        const int Runs = 200;
        for (int run = 0; run < Runs; run++)
        {
            var random = new Random(1000 + run);
            double[] Draw() => [.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())];
            small += EnergyTest.Test(Draw(), Draw(), 2, new PermutationOptions { Permutations = 99, Seed = run }).PValue <= 0.1 ? 1 : 0;
        }

        Assert.InRange(small, 6, 36); // Binomial(200, 0.1): 20 ± 4 · 4.2
    }

    [Fact]
    public void Statistics_SwappedSidesAndReorderedRows_AreTheSame()
    {
        MultivariateReferences.Case c = MultivariateReferences.Cases[1];
        double[] reversed = [.. Enumerable.Range(0, c.Reference.Length / c.Width).Reverse().SelectMany(i => c.Reference[(i * c.Width)..((i + 1) * c.Width)])];

        EnergyTest test = EnergyTest.Test(c.Reference, c.Current, c.Width);

        Assert.Equal(test.Statistic, EnergyTest.Test(c.Current, c.Reference, c.Width).Statistic, 1e-12);
        Assert.Equal(test.Statistic, EnergyTest.Test(reversed, c.Current, c.Width).Statistic, 1e-12);
    }

    [Fact]
    public void Test_SameSeed_GivesTheSameRecord()
    {
        MultivariateReferences.Case c = MultivariateReferences.Cases[2];
        var options = new PermutationOptions { MaxRows = 40, Seed = 3 };

        MaximumMeanDiscrepancy test = MaximumMeanDiscrepancy.Test(c.Reference, c.Current, c.Width, null, options);

        Assert.Equal(test, MaximumMeanDiscrepancy.Test(c.Reference, c.Current, c.Width, null, options));
        Assert.Equal(new RowCounts(40, 40), test.Used);
    }

    [Fact]
    public void Mmd_EqualRows_HasABandwidthAndNoDistance()
    {
        double[] same = [2, 2, 2, 2];

        MaximumMeanDiscrepancy test = MaximumMeanDiscrepancy.Test(same, same);

        Assert.Equal((1, 0, 1), (test.Bandwidth, test.Biased, test.PValue));
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, "multiple of 2")]
    [InlineData(new double[] { 1, 2 }, "At least 2 rows")]
    [InlineData(new double[] { 1, 2, double.NaN, double.PositiveInfinity }, "2 of 4 numbers")]
    public void Test_BadRows_SaysWhatIsWrongWithThem(double[] rows, string message)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => EnergyTest.Test(rows, [1, 2, 3, 4], 2));

        Assert.Equal("reference", error.ParamName);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Mmd_BadBandwidth_IsRefused(double bandwidth) => Assert.Equal(
        "bandwidth", Assert.Throws<ArgumentOutOfRangeException>(() => MaximumMeanDiscrepancy.Test([1, 2], [1, 2], 1, bandwidth)).ParamName);

    private static double Brute(double[] x, double[] y) =>
        (2 * x.Average(a => y.Average(b => Math.Abs(a - b)))) - x.Average(a => x.Average(b => Math.Abs(a - b))) - y.Average(a => y.Average(b => Math.Abs(a - b)));
}
