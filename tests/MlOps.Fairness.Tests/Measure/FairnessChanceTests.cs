using MathNet.Numerics.Distributions;

namespace MlOps.Fairness.Tests.Measure;

/// <summary>Bootstrap, permutation tests and the draws below them; every draw is seeded.</summary>
public sealed class FairnessChanceTests
{
    [Theory]
    [InlineData(20, 3, 10)] // by inversion
    [InlineData(200, 3, 10)] // by rejection
    [InlineData(200, 9, 10)] // the mirror image
    [InlineData(5_000_000, 1, 3)]
    public void Binomial_Draws_HaveTheMeanVarianceAndLawOfTheDistribution(int n, int weight, int total)
    {
        var law = new Binomial((double)weight / total, n);
        Check(random => CountDraws.Binomial(random, n, weight, total), law.Mean, law.Variance, k => law.CumulativeDistribution(k));
    }

    [Theory]
    [InlineData(10, 5, 50)]
    [InlineData(100, 80, 300)]
    [InlineData(250, 200, 300)]
    [InlineData(1_000, 90_000, 100_000)]
    public void Hypergeometric_Draws_HaveTheMeanVarianceAndLawOfTheDistribution(int draws, int marked, int total)
    {
        var law = new Hypergeometric(total, marked, draws);
        double share = (double)marked / total; // MathNet 5's Variance multiplies whole numbers, which overflow: the textbook's formula instead
        double variance = draws * share * (1 - share) * (total - draws) / (total - 1.0);
        Check(random => CountDraws.Hypergeometric(random, draws, marked, total), law.Mean, variance, k => law.CumulativeDistribution(k));
    }

    [Theory]
    [InlineData(0, 3, 10, 0)]
    [InlineData(10, 3, 10, 3)]
    [InlineData(4, 0, 10, 0)]
    [InlineData(4, 10, 10, 4)]
    public void Hypergeometric_NoChoice_IsCertain(int draws, int marked, int total, int expected) =>
        Assert.Equal(expected, CountDraws.Hypergeometric(new Random(1), draws, marked, total));

    [Fact]
    public void Bootstrap_OfTwoLargeGroups_IsTheNormalApproximation()
    {
        // 0.6 of 10,000 against 0.4 of 10,000: the standard error of the difference is √(2·0.24/10,000) ≈ 0.00693.
        FairnessReport report = FairnessReportTests.Of(new FairnessOptions { BootstrapSamples = 4000, Seed = 3 }, ("a", 6000, 0, 4000, 0), ("b", 4000, 0, 6000, 0));
        ConfidenceInterval interval = report["demographicParityDifference"].Interval!.Value;

        Assert.Equal(0.2 - (1.96 * 0.00693), interval.Low, 0.001);
        Assert.Equal(0.2 + (1.96 * 0.00693), interval.High, 0.001);
        Assert.Equal(report.ToJson(), FairnessReportTests.Of(new FairnessOptions { BootstrapSamples = 4000, Seed = 3 }, ("a", 6000, 0, 4000, 0), ("b", 4000, 0, 6000, 0)).ToJson());
    }

    [Fact]
    public void Bootstrap_MetricThatIsOftenUndefined_SaysHowOften()
    {
        FairnessReport report = FairnessReportTests.Of(new FairnessOptions { BootstrapSamples = 500 }, ("a", 20, 20, 20, 20), ("b", 1, 5, 20, 0));

        Assert.Matches(@"undefined in \d+ of 500 resamples", report["equalOpportunityDifference"].Note!); // the one positive of b is drawn in 63 % of resamples
    }

    [Fact]
    public void DemographicParityTest_TwoGroups_IsFishersExactTest()
    {
        // 12 of 20 against 5 of 20. All tables as unlikely as this one in rate: |x/20 − (17 − x)/20| ≥ 7/20, x hypergeometric: x ≤ 5 or x ≥ 12.
        var law = new Hypergeometric(40, 17, 20);
        double exact = law.CumulativeDistribution(5) + 1 - law.CumulativeDistribution(11);
        ParityTest test = FairnessReportTests.Of(("a", 6, 6, 4, 4), ("b", 3, 2, 10, 5)).DemographicParityTest(40_000, seed: 5);

        Assert.Equal(0.35, test.Observed!.Value, 1e-12);
        Assert.Equal(exact, test.PValue!.Value, 0.004); // 4 standard errors of 40,000 draws
    }

    [Fact]
    public void EqualOpportunityTest_EqualRates_IsOne()
    {
        ParityTest test = FairnessReportTests.Of(("a", 10, 0, 5, 10), ("b", 20, 3, 3, 20)).EqualOpportunityTest(200);

        Assert.Equal(1, test.PValue);
    }

    [Fact]
    public void EqualOpportunityTest_Undefined_HasNoPValue() =>
        Assert.Null(FairnessReportTests.Of(("a", 10, 0, 5, 10), ("b", 0, 3, 3, 0)).EqualOpportunityTest(200).PValue);

    private static void Check(Func<Random, long> draw, double mean, double variance, Func<double, double> cumulative)
    {
        const int Draws = 20_000;
        var random = new Random(7);
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => (double)draw(random))];
        double found = values.Average();
        double spread = values.Sum(value => (value - found) * (value - found)) / (Draws - 1);

        Assert.InRange(found, mean - (4 * Math.Sqrt(variance / Draws)), mean + (4 * Math.Sqrt(variance / Draws)));
        Assert.InRange(spread / variance, 0.95, 1.05); // 1 ± 4·√(2/20,000) is ± 0.04
        foreach (double z in new[] { -1.5, -0.5, 0, 0.5, 1.5 })
        {
            double limit = Math.Floor(mean + (z * Math.Sqrt(variance)));
            Assert.Equal(cumulative(limit), values.Count(value => value <= limit) / (double)Draws, 0.015); // 4 standard errors
        }
    }
}
