namespace MlOps.Drift.Tests;

public sealed class PopulationStabilityIndexTests
{
    private static readonly double[] Training = [.15, .30, .25, .20, .10];
    private static readonly double[] Production = [.22, .28, .20, .18, .12];

    [Fact]
    public void FromShares_WorkedExample_Is0451()
    {
        // By hand: .07·ln(.22/.15) − .02·ln(.28/.30) − .05·ln(.20/.25) − .02·ln(.18/.20) + .02·ln(.12/.10)
        double byHand = (.07 * Math.Log(.22 / .15)) - (.02 * Math.Log(.28 / .30)) - (.05 * Math.Log(.20 / .25)) - (.02 * Math.Log(.18 / .20)) + (.02 * Math.Log(.12 / .10));

        Assert.Equal(byHand, PopulationStabilityIndex.FromShares(Training, Production), 1e-15);
        Assert.Equal(0.0451, PopulationStabilityIndex.FromShares(Training, Production), 4);
    }

    [Fact]
    public void FromCounts_SameSharesAsCounts_GivesTheSameIndex() =>
        Assert.Equal(
            PopulationStabilityIndex.FromShares(Training, Production),
            PopulationStabilityIndex.FromCounts([15, 30, 25, 20, 10], [22, 28, 20, 18, 12]).Value,
            1e-15);

    [Fact]
    public void FromCounts_OneBinEmptyOnOneSide_GetsTheFloorThere()
    {
        double expected = ((0.5 - 0.0001) * Math.Log(0.5 / 0.0001)) + ((0.5 - 1) * Math.Log(0.5));

        Assert.Equal(expected, PopulationStabilityIndex.FromCounts([0, 10], [5, 5]).Value, 1e-15);
        Assert.Equal(expected, PopulationStabilityIndex.FromCounts([5, 5], [0, 10]).Value, 1e-15);
        Assert.Equal(double.PositiveInfinity, PopulationStabilityIndex.FromCounts([0, 10], [5, 5], floor: 0).Value);
    }

    [Fact]
    public void FromCounts_BinEmptyOnBothSides_AddsNothing()
    {
        PopulationStabilityIndex with = PopulationStabilityIndex.FromCounts([5, 0, 5], [4, 0, 6]);
        PopulationStabilityIndex without = PopulationStabilityIndex.FromCounts([5, 5], [4, 6]);

        Assert.Equal(without, with);
    }

    [Fact]
    public void FromCounts_PseudoCount_IsAddedToEveryBin()
    {
        double p = 0.5 / 11;
        double expected = ((0.5 - p) * Math.Log(0.5 / p)) + ((p - 0.5) * Math.Log(0.5 / (1 - p)));

        Assert.Equal(expected, PopulationStabilityIndex.FromCounts([0, 10], [5, 5], pseudoCount: 0.5).Value, 1e-14);
    }

    [Fact]
    public void ChanceThreshold_TenBins_IsTheTabledQuantileOverTheSizes()
    {
        // χ²(0.95; 9) = 16.919 in every table.
        PopulationStabilityIndex result = PopulationStabilityIndex.Measure(Samples.Uniforms(500, 1), Samples.Uniforms(200, 2));

        Assert.Equal(16.919 * ((1.0 / 500) + (1.0 / 200)), result.ChanceThreshold, 4);
        Assert.Equal((500, 200), (result.ReferenceCount, result.CurrentCount));
    }

    [Fact]
    public void ChanceThreshold_UnchangedData_IsExceededInAboutFivePercent()
    {
        int exceeded = 0;
        for (int seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            double[] a = [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble())];
            double[] b = [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble())];
            PopulationStabilityIndex result = PopulationStabilityIndex.Measure(a, b);
            exceeded += result.Value > result.ChanceThreshold ? 1 : 0;
        }

        Assert.InRange(exceeded, 30, 80); // 50 ± 4 standard errors, and the bins are made from one of the samples
    }

    [Fact]
    public void Measure_ConstantColumns_ZeroWhenEqualAndLargeInEitherDirection()
    {
        double[] reference = [3, 3, 3, 3];

        Assert.Equal(0, PopulationStabilityIndex.Measure(reference, [3, 3]).Value);
        Assert.True(PopulationStabilityIndex.Measure(reference, [4, 4]).Value > 5);
        Assert.True(PopulationStabilityIndex.Measure(reference, [2, 2]).Value > 5);
        Assert.True(PopulationStabilityIndex.Measure(reference, [2, 2], Binning.EqualWidth(5)).Value > 5);
    }

    [Fact]
    public void FromShares_BadInput_SaysWhatIsWrong()
    {
        Assert.Contains("reference has 2, current has 1", Assert.Throws<ArgumentException>(() => PopulationStabilityIndex.FromShares([.5, .5], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("add up to 100", Assert.Throws<ArgumentException>(() => PopulationStabilityIndex.FromShares([.5, .5], [60, 40])).Message, StringComparison.Ordinal);
        Assert.Equal("reference", Assert.Throws<ArgumentOutOfRangeException>(() => PopulationStabilityIndex.FromShares([1.5, -.5], [.5, .5])).ParamName);
        Assert.Equal("current", Assert.Throws<ArgumentException>(() => PopulationStabilityIndex.FromCounts([1, 2], [0, 0])).ParamName);
        Assert.Equal("reference", Assert.Throws<ArgumentOutOfRangeException>(() => PopulationStabilityIndex.FromCounts([1, -2], [1, 1])).ParamName);
        Assert.Equal("pseudoCount", Assert.Throws<ArgumentOutOfRangeException>(() => PopulationStabilityIndex.FromCounts([1, 2], [1, 1], -1)).ParamName);
    }
}
