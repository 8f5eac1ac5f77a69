using MlOps.Drift.Multivariate;

namespace MlOps.Drift.Tests.Multivariate;

public sealed class EmbeddingDriftTests
{
    private static readonly PermutationOptions s_quick = new() { MaxRows = 200, Permutations = 99 };

    private static double[] Vectors(int seed, double turn)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 300).SelectMany(_ => new[] { 1 + random.NextDouble(), turn + random.NextDouble(), random.NextDouble() })];
    }

    [Fact]
    public void Compare_TurnedVectors_DriftAndQuietOnesDoNot()
    {
        EmbeddingDrift turned = EmbeddingDrift.Compare(Vectors(1, 0), Vectors(2, 0.5), 3, s_quick);
        EmbeddingDrift quiet = EmbeddingDrift.Compare(Vectors(1, 0), Vectors(3, 0), 3, s_quick);

        Assert.True(turned.Drift && turned.CosineDistance > turned.CosineByChance);
        Assert.False(quiet.Drift);
        Assert.InRange(quiet.CosineDistance, -1e-12, 0.001);
    }

    [Fact]
    public void CosineDistance_MeansByHand_IsOneLessTheirCosine()
    {
        // means (1, 0) and (0, 1): cosine 0
        double[] reference = [.. Enumerable.Range(0, 20).SelectMany(i => new[] { 1.0, i % 2 == 0 ? 1 : -1 })];
        double[] current = [.. Enumerable.Range(0, 20).SelectMany(i => new[] { i % 2 == 0 ? 1.0 : -1, 1 })];

        Assert.Equal(1, EmbeddingDrift.Compare(reference, current, 2, s_quick).CosineDistance, 1e-12);
    }
}
