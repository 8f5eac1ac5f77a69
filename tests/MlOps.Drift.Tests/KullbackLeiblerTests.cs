namespace MlOps.Drift.Tests;

public sealed class KullbackLeiblerTests
{
    [Fact]
    public void FromShares_WorkedExample_EqualsTheHandCalculationInBothDirections()
    {
        Assert.Equal((0.5 * Math.Log(0.5 / 0.9)) + (0.5 * Math.Log(0.5 / 0.1)), KullbackLeibler.FromShares([0.5, 0.5], [0.9, 0.1]).Divergence, 1e-15);
        Assert.Equal((0.9 * Math.Log(0.9 / 0.5)) + (0.1 * Math.Log(0.1 / 0.5)), KullbackLeibler.FromShares([0.9, 0.1], [0.5, 0.5]).Divergence, 1e-15);
    }

    [Fact]
    public void FromCounts_BinGoneFromCurrent_IsInfiniteUnlessThereIsAFloor()
    {
        Assert.Equal(double.PositiveInfinity, KullbackLeibler.FromCounts([5, 5], [10, 0]).Divergence);
        Assert.Equal((0.5 * Math.Log(0.5)) + (0.5 * Math.Log(0.5 / 0.0001)), KullbackLeibler.FromCounts([5, 5], [10, 0], floor: 0.0001).Divergence, 1e-15);
    }

    [Fact]
    public void FromCounts_BinNewInCurrent_AddsNothing() =>
        Assert.Equal(Math.Log(2), KullbackLeibler.FromCounts([10, 0], [5, 5]).Divergence, 1e-15);

    [Fact]
    public void FromCounts_BothDirections_AddUpToPsi()
    {
        long[] a = [15, 30, 25, 20, 10];
        long[] b = [22, 28, 20, 18, 12];

        Assert.Equal(
            PopulationStabilityIndex.FromCounts(a, b).Value,
            KullbackLeibler.FromCounts(a, b).Divergence + KullbackLeibler.FromCounts(b, a).Divergence,
            1e-15);
    }
}
