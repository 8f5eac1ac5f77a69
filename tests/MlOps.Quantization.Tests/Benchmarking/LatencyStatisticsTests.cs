using System.Text.Json;
using MlOps.Quantization.Benchmarking;

namespace MlOps.Quantization.Tests.Benchmarking;

public sealed class LatencyStatisticsTests
{
    /// <summary>Oracle: References/judge/make_percentiles.py, NumPy 1.24.</summary>
    [Theory]
    [InlineData("two")]
    [InlineData("ties")]
    [InlineData("nineteen")]
    [InlineData("hundred")]
    [InlineData("tail")]
    public void Of_AnyTimes_ConsistentWithNumPy(string name)
    {
        using Stream stream = typeof(LatencyStatisticsTests).Assembly.GetManifestResourceStream("judge/percentiles.json")!;
        using JsonDocument json = JsonDocument.Parse(stream);
        JsonElement one = json.RootElement.GetProperty("cases").GetProperty(name);
        double[] times = [.. one.GetProperty("times").EnumerateArray().Select(time => time.GetDouble())];
        double[] percentiles = [.. one.GetProperty("percentiles").EnumerateArray().Select(value => value.GetDouble())];

        var statistics = LatencyStatistics.Of(times, 4);

        double tolerance = 1e-12 * times.Max(); // a rounding of the last bits
        Assert.Equal(percentiles[0], statistics.P25, tolerance);
        Assert.Equal(percentiles[1], statistics.P50, tolerance);
        Assert.Equal(percentiles[2], statistics.P75, tolerance);
        Assert.Equal(one.GetProperty("mean").GetDouble(), statistics.Mean, tolerance);
        Assert.Equal(one.GetProperty("std").GetDouble(), statistics.StandardDeviation, tolerance);
        Assert.Equal(times.Length >= 20, statistics.P95 is not null);
        Assert.Equal(times.Length >= 100, statistics.P99 is not null);
        Assert.Equal(percentiles[3], statistics.P95 ?? percentiles[3], tolerance);
        Assert.Equal(percentiles[4], statistics.P99 ?? percentiles[4], tolerance);
        Assert.Equal(statistics.P95 ?? times.Max(), statistics.Tail);
        Assert.Equal(4000 / one.GetProperty("mean").GetDouble(), statistics.RowsPerSecond, 1e-9 * statistics.RowsPerSecond);
    }

    [Fact]
    public void Of_EqualTimes_HaveNoSpread()
    {
        var statistics = LatencyStatistics.Of([2, 2, 2]);

        Assert.Equal(0, statistics.CoefficientOfVariation);
        Assert.Equal(0, statistics.Spread);
    }

    [Fact]
    public void Of_OneRunOrImpossibleTime_IsRefused()
    {
        Assert.Equal("milliseconds", Assert.Throws<ArgumentException>(() => LatencyStatistics.Of([1])).ParamName);
        Assert.Equal("milliseconds", Assert.Throws<ArgumentException>(() => LatencyStatistics.Of([1, double.NaN])).ParamName);
        Assert.Equal("milliseconds", Assert.Throws<ArgumentException>(() => LatencyStatistics.Of([1, -1])).ParamName);
        Assert.Equal("milliseconds", Assert.Throws<ArgumentException>(() => LatencyStatistics.Of([1, double.PositiveInfinity])).ParamName);
    }
}
