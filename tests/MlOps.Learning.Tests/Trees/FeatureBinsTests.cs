using System.Runtime.Intrinsics;
using MlOps.Learning.Trees;

namespace MlOps.Learning.Tests.Trees;

public sealed class FeatureBinsTests
{
    [Theory]
    [InlineData(1f, 2f, 1.5f)]
    [InlineData(-3f, 0f, -1.5f)]
    [InlineData(float.MaxValue, float.PositiveInfinity, float.MaxValue)]
    [InlineData(-float.MaxValue, float.MaxValue, 0f)]
    public void Between_TwoValues_IsTheMiddle(float low, float high, float expected) => Assert.Equal(expected, FeatureBins.Between(low, high));

    [Fact]
    public void Between_AnyTwoValues_PartsThem()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            float low = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            float high = i % 2 == 0 ? MathF.BitIncrement(low) : BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (float.IsFinite(low) && float.IsFinite(high) && low < high)
            {
                float threshold = FeatureBins.Between(low, high);
                Assert.True(low <= threshold && threshold < high);
            }
        }
    }

    [Fact]
    public void Edges_FewValues_PartEachFromTheNext()
    {
        Assert.Equal([1.5f, 3f], FeatureBins.Edges([1, 1, 2, 4, 4], 255));
        Assert.Empty(FeatureBins.Edges([7, 7, 7], 255));
        Assert.Empty(FeatureBins.Edges([], 255));
        Assert.Single(FeatureBins.Edges([1, 2, 3, 4], 2), 2.5f);
    }

    [Fact]
    public void Edges_ManyValues_MakeBinsOfEqualCounts()
    {
        float[] sorted = [.. Enumerable.Range(0, 25_500).Select(i => MathF.Exp(i / 5000f))];
        float[] edges = FeatureBins.Edges(sorted, 255);
        Assert.Equal(254, edges.Length);
        Assert.All(sorted.CountBy(value => FeatureBins.BinOf(value, edges)), bin => Assert.Equal(100, bin.Value));
    }

    [Fact]
    public void BinOf_AnyValue_AgreesWithTheEdges()
    {
        var random = new Random(2);
        for (int count = 0; count < 255; count += 7)
        {
            float[] edges = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle()).Order().Distinct()];
            for (int i = 0; i < 200; i++)
            {
                float value = i < edges.Length ? edges[i] : random.NextSingle();
                Assert.Equal(edges.Count(edge => value > edge), FeatureBins.BinOf(value, edges));
            }

            Assert.Equal(FeatureBins.Missing, FeatureBins.BinOf(float.NaN, edges));
        }
    }

    [Fact]
    public void GradientScale_ManyCases_SumsToTenDigits()
    {
        var random = new Random(3);
        const int Cases = 100_000;
        var scale = new GradientScale(Cases, 5, 0.25);
        Vector128<long> sum = default;
        double gradients = 0;
        double hessians = 0;
        for (int i = 0; i < Cases; i++)
        {
            double g = (10 * random.NextDouble()) - 5;
            double h = 0.25 * random.NextDouble();
            sum += scale.Pack(g, h);
            gradients += g;
            hessians += h;
        }

        Assert.Equal(Cases, scale.Count(sum));
        Assert.Equal(gradients, scale.Gradient(sum), 1e-7);
        Assert.Equal(hessians, scale.Hessian(sum), 1e-5); // 28 binary digits a case
    }
}
