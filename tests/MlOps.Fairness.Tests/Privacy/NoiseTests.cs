using System.Text.Json;
using MathNet.Numerics.Distributions;
using MlOps.Fairness.Privacy;

namespace MlOps.Fairness.Tests.Privacy;

public sealed class NoiseTests
{
    // SciPy's brentq on Balle and Wang's condition, with log-probabilities: another way to the same root.
    [Fact]
    public void Sigma_AgreesWithSciPy()
    {
        foreach (JsonElement row in PrivacyReference.Root.GetProperty("gaussian").EnumerateArray())
        {
            double expected = row.GetProperty("sigma").GetDouble();
            var mechanism = new GaussianMechanism(row.GetProperty("sensitivity").GetDouble(), row.GetProperty("epsilon").GetDouble(), row.GetProperty("delta").GetDouble());

            Assert.InRange(mechanism.Sigma / expected, 1 - 1e-7, 1 + 1e-7);
        }
    }

    [Fact]
    public void ClassicSigma_ByHand()
    {
        Assert.Equal(Math.Sqrt(2 * Math.Log(125_000)) / 0.5, GaussianMechanism.ClassicSigma(1, 0.5, 1e-5), 12);
        Assert.True(new GaussianMechanism(1, 0.5, 1e-5).Sigma < GaussianMechanism.ClassicSigma(1, 0.5, 1e-5));
        Assert.Throws<ArgumentOutOfRangeException>(() => GaussianMechanism.ClassicSigma(1, 1.5, 1e-5));
    }

    // Kolmogorov–Smirnov against the distribution's own function: 1.95/√n is the 0.1 % point.
    [Fact]
    public void Release_Laplace_HasTheDistribution()
    {
        var mechanism = new LaplaceMechanism(2, 0.5, seed: 3);
        double distance = Distance(20_000, () => mechanism.Release(100), x => Laplace.CDF(100, 4, x));

        Assert.True(distance < 1.95 / Math.Sqrt(20_000), $"{distance}");
        Assert.Equal(0.95, Laplace.CDF(0, 4, mechanism.Margin95) - Laplace.CDF(0, 4, -mechanism.Margin95), 12);
    }

    [Fact]
    public void Release_Gaussian_HasTheDistribution()
    {
        var mechanism = new GaussianMechanism(1, 1, 1e-5, seed: 3);
        double distance = Distance(20_000, () => mechanism.Release(-5), x => Normal.CDF(-5, mechanism.Sigma, x));

        Assert.True(distance < 1.95 / Math.Sqrt(20_000), $"{distance}");
    }

    // The definition itself: of answers on neighbouring data, no bin is likelier by more than e^ε. Three standard errors of slack.
    [Fact]
    public void Release_NeighbouringData_KeepsThePromise()
    {
        const int Answers = 100_000;
        const double Epsilon = 0.7;
        long[] with = Bins(new LaplaceMechanism(1, Epsilon, seed: 1), 10);
        long[] without = Bins(new LaplaceMechanism(1, Epsilon, seed: 2), 9);
        for (int bin = 0; bin < with.Length; bin++)
        {
            double slack = 3 * Math.Sqrt(with[bin] + (Math.Exp(2 * Epsilon) * without[bin]));
            Assert.True(with[bin] <= (Math.Exp(Epsilon) * without[bin]) + slack);
            Assert.True(without[bin] <= (Math.Exp(Epsilon) * with[bin]) + slack);
        }

        static long[] Bins(LaplaceMechanism mechanism, double value)
        {
            var bins = new long[24];
            for (int i = 0; i < Answers; i++)
            {
                bins[(int)Math.Clamp(Math.Floor(mechanism.Release(value)) + 2, 0, bins.Length - 1)]++;
            }

            return bins;
        }
    }

    [Fact]
    public void Release_WithoutSeed_Differs() => Assert.NotEqual(new LaplaceMechanism(1, 1).Release(0), new LaplaceMechanism(1, 1).Release(0));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.PositiveInfinity)]
    public void Constructor_BadParameter_Throws(double sensitivity, double epsilon)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LaplaceMechanism(sensitivity, epsilon));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMechanism(sensitivity, epsilon, 1e-5));
    }

    [Fact]
    public void Release_NaN_SpendsNothing()
    {
        var budget = new PrivacyBudget(1, 0.01);

        Assert.Throws<ArgumentOutOfRangeException>(() => new LaplaceMechanism(1, 1).Release(double.NaN, budget));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMechanism(1, 1, 0.01).Release([0, double.NaN], budget));
        Assert.Empty(budget.Expenses);
    }

    private static double Distance(int count, Func<double> draw, Func<double, double> cdf)
    {
        double[] sorted = [.. Enumerable.Range(0, count).Select(_ => draw()).Order()];
        return sorted.Select((x, i) => Math.Max(Math.Abs(cdf(x) - ((double)i / count)), Math.Abs(cdf(x) - ((i + 1.0) / count)))).Max();
    }
}
