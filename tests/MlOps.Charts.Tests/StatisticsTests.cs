using MlOps.Charts.Statistics;

namespace MlOps.Charts.Tests;

/// <summary>Against NumPy 1.24.2 and SciPy 1.10.1; the values come from reference/statistics.py.</summary>
public sealed class StatisticsTests
{
    private static readonly double[] Sample =
        [.. Enumerable.Range(0, 60).Select(i => i * 37 % 101 / 10.0 + i % 7 * (i % 7) / 20.0), 42.5];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.05, 1.1)]
    [InlineData(0.25, 3.25)]
    [InlineData(0.5, 5.5)]
    [InlineData(0.75, 8.1)]
    [InlineData(0.9, 9.6)]
    [InlineData(1, 42.5)]
    public void Quantile_OfSample_EqualsNumPy(double p, double expected)
    {
        double[] sorted = [.. Sample.Order()];

        Assert.Equal(expected, Quantiles.Of(sorted, p), 12);
    }

    [Fact]
    public void Box_OfSample_EqualsNumPyQuartilesAndFences()
    {
        BoxSummary box = BoxSummary.Of(Sample);

        Assert.Equal(61, box.Count);
        Assert.Equal(0, box.LowerFence, 12);
        Assert.Equal(3.25, box.Q1, 12);
        Assert.Equal(8.1, box.Q3, 12);
        Assert.Equal(10.95, box.UpperFence, 12);
        Assert.Equal([42.5], box.Outliers);
    }

    [Fact]
    public void Box_ValueBetweenOneAndAHalfAndThreeRanges_IsAnOutlier()
    {
        // By hand: quartiles 2.25 and 6.75, range 4.5, so the fence is at 13.5 (with three ranges it would be 20.25).
        BoxSummary box = BoxSummary.Of([0, 1, 2, 3, 4, 5, 6, 7, 8, 20]);

        Assert.Equal([20.0], box.Outliers);
        Assert.Equal(8, box.UpperFence);
    }

    [Fact]
    public void Box_OneValue_HasNoSpread()
    {
        BoxSummary box = BoxSummary.Of([3]);

        Assert.Equal((3, 3, 3, 3, 3), (box.LowerFence, box.Q1, box.Median, box.Q3, box.UpperFence));
        Assert.Empty(box.Outliers);
    }

    [Fact]
    public void Box_ManyOutliers_KeepsTheirNumberAndTheExtremes()
    {
        double[] sample = [.. Enumerable.Repeat(0.0, 10_000), .. Enumerable.Range(1, 500).Select(i => (double)i)];

        BoxSummary box = BoxSummary.Of(sample);

        Assert.Equal(500, box.OutlierCount);
        Assert.Equal(BoxSummary.MostOutliers, box.Outliers.Length);
        Assert.Equal((1, 500), (box.Outliers[0], box.Outliers[^1]));
    }

    [Fact]
    public void Histogram_OfSample_EqualsNumPy()
    {
        double[] edges = HistogramBins.Edges(8, Sample);

        Assert.Equal([0.0, 5.3125, 10.625, 15.9375, 21.25, 26.5625, 31.875, 37.1875, 42.5], edges);
        Assert.Equal([29.0, 29, 2, 0, 0, 0, 0, 1], HistogramBins.Count(Sample, edges));
    }

    [Fact]
    public void Histogram_ValueOnAnEdge_FallsIntoTheBinAboveExceptTheLast()
    {
        // By hand: bins [0,1), [1,2), [2,3].
        double[] values = [0, 1, 1, 2, 3, 3];

        Assert.Equal([1.0, 2, 3], HistogramBins.Count(values, HistogramBins.Edges(3, values)));
    }

    [Fact]
    public void Shares_TwoSamples_EachSumToOneOverTheSameBins()
    {
        double[] other = [5, 60, 61];
        double[] edges = HistogramBins.Edges(10, Sample, other);

        Assert.Equal((0, 61), (edges[0], edges[^1]));
        Assert.Equal(1, HistogramBins.Shares(Sample, edges).Sum(), 12);
        Assert.Equal(1, HistogramBins.Shares(other, edges).Sum(), 12);
    }

    [Theory]
    [InlineData(0.0, 0.040333868651153154)]
    [InlineData(2.5, 0.0766314144693839)]
    [InlineData(5.0, 0.0932317347156192)]
    [InlineData(7.5, 0.0869261871686925)]
    [InlineData(12.0, 0.02811700252968963)]
    [InlineData(42.5, 0.002671373029458675)]
    public void Density_AtPlace_EqualsSciPyGaussianKde(double place, double expected)
    {
        const double Scott = 2.4481932367773114; // SciPy's bandwidth for this sample

        Assert.Equal(expected, KernelDensity.At(place, Sample, Scott), 12);
    }

    [Fact]
    public void Density_OfSample_UsesScottsBandwidthOnAGridFromMinToMax()
    {
        KernelDensity density = KernelDensity.Of(Sample);

        Assert.Equal((0, 42.5), (density.Grid[0], density.Grid[^1]));
        Assert.Equal(0.040333868651153154, density.Heights[0], 12);
        Assert.Equal(0.002671373029458675, density.Heights[^1], 12);
    }

    [Fact]
    public void Density_ConstantSample_IsOnePlaceWithoutHeight()
    {
        KernelDensity density = KernelDensity.Of([0.1, 0.1, 0.1]);

        Assert.Equal([0.1], density.Grid);
        Assert.Equal([0.0], density.Heights);
    }

    [Fact]
    public void ExtremeIndices_SpikeInALongLine_Survives()
    {
        var values = new double[100_000];
        values[77_777] = 9;
        values[33_333] = -9;
        values[50_001] = double.NaN;

        int[] kept = Thinning.ExtremeIndices(values, 5000);

        Assert.True(kept.Length <= 5000);
        Assert.Superset(new HashSet<int> { 0, 33_333, 50_001, 77_777, 99_999 }, kept.ToHashSet());
        Assert.Equal(kept.Order().Distinct(), kept);
    }

    [Fact]
    public void EvenIndices_ManyPoints_KeepsFirstAndLastAndTheNumber()
    {
        int[] kept = Thinning.EvenIndices(1_000_000_000, 5000);

        Assert.Equal(5000, kept.Distinct().Count());
        Assert.Equal((0, 999_999_999), (kept[0], kept[^1]));
    }
}
