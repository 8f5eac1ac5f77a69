using MlOps.Fairness.Individual;

namespace MlOps.Fairness.Tests.Individual;

public sealed class FeatureRowsTests
{
    [Theory]
    [InlineData(SimilarityMetric.Euclid)]
    [InlineData(SimilarityMetric.Cosine)]
    public void SquaredDistances_ManyAtOnce_HaveTheBitsOfOneByOne(SimilarityMetric metric)
    {
        const int n = 1100; // more than a block
        var random = new Random(4);
        double[] x = [.. Enumerable.Range(0, n * 3).Select(_ => random.NextDouble() - 0.3)];
        var rows = FeatureRows.Of(x, 3, metric, standardise: true);
        double[] squares = new double[n - 7];

        rows.SquaredDistances(2, 7, squares);

        for (int i = 0; i < squares.Length; i++)
        {
            Assert.Equal(rows.SquaredDistance(2, 7 + i), squares[i]);
        }
    }

    [Fact]
    public void Distance_Cosine_IsOneMinusTheCosine()
    {
        var rows = FeatureRows.Of([1, 0, 1, 1], 2, SimilarityMetric.Cosine, standardise: false);

        Assert.Equal(1 - Math.Sqrt(0.5), rows.Distance(rows.SquaredDistance(0, 1)), 1e-15); // by hand: 45° apart
    }
}
