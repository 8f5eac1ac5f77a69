using MlOps.Learning.Preprocessing;

namespace MlOps.Learning.Tests.Preprocessing;

public sealed class QuantilesTests
{
    [Fact]
    public void Median_AnyOrderAndTies_EqualsThatOfTheSortedValues()
    {
        // Oracle: sort and take the middle. Random, few different values, sorted, reversed, and a pipe organ, which misleads the median of three.
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int n = 1 + random.Next(seed % 10 == 0 ? 5000 : 40);
            double[] values = (seed % 5) switch
            {
                0 => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())],
                1 => [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(3))],
                2 => [.. Enumerable.Range(0, n).Select(i => (double)i)],
                3 => [.. Enumerable.Range(0, n).Select(i => (double)-i)],
                _ => [.. Enumerable.Range(0, n).Select(i => (double)Math.Min(i, n - i))],
            };
            double[] sorted = [.. values.Order()];

            Assert.Equal((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, Quantiles.Median(values));
        }
    }

    [Fact]
    public void At_LinearInterpolation_EqualsNumPy()
    {
        // numpy.quantile([1, 2, 4, 8], [0, 0.25, 0.4, 0.5, 0.9, 1]) of NumPy 1.24.
        double[] shares = [0, 0.25, 0.4, 0.5, 0.9, 1];
        double[] expected = [1, 1.75, 2.4, 3, 6.8, 8];

        Assert.All(shares.Zip(expected), pair => Assert.Equal(pair.Second, Quantiles.At([1, 2, 4, 8], pair.First), 1e-15));
    }
}
