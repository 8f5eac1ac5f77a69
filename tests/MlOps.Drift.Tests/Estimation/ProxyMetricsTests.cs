using MlOps.Drift.Estimation;

namespace MlOps.Drift.Tests.Estimation;

public sealed class ProxyMetricsTests
{
    [Fact]
    public void Measure_WorkedExample_EqualsTheHandCalculation()
    {
        double[] scores = [0.2, 0.5, double.NaN, 0.53, 0.9, double.PositiveInfinity];
        var proxies = ProxyMetrics.Measure([0.1, 0.4, 0.6, 0.9], scores, Chunks.ByNumber(6, 1), 0.5, 0.05, [1, 2, 3, 4, double.NaN, 5]);
        ProxyPeriod period = Assert.Single(proxies.Periods);

        Assert.Equal((6, 1, 1, 3, 1), (period.Count, period.Missing, period.Infinite, period.Positives, period.Negatives));
        Assert.Equal(0.75, period[ProxyMetric.PositiveShare]);
        Assert.Equal(0.5, period[ProxyMetric.NearThresholdShare]); // 0.5 and 0.53 of four
        Assert.Equal((0.8 + 0.5 + 0.53 + 0.9) / 4, period[ProxyMetric.MeanConfidence], 1e-12);
        Assert.Equal(2 / 6.0, period[ProxyMetric.MissingShare], 1e-12);
        double entropy = new[] { 0.2, 0.5, 0.53, 0.9 }.Average(p => -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p)));
        Assert.Equal(entropy, period[ProxyMetric.MeanEntropy], 1e-12);
        Assert.Equal(3, period[ProxyMetric.LatencyMedian]);
        Assert.Equal(0, proxies.Reference[ProxyMetric.ScorePsi]);
        Assert.Contains("1 scores are missing and 1 infinite", proxies.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_ShiftedScores_ExceedThePsiOfChance()
    {
        var random = new Random(2);
        double[] reference = [.. Enumerable.Range(0, 2000).Select(_ => random.NextDouble())];
        double[] scores = [.. Enumerable.Range(0, 2000).Select(i => i < 1000 ? random.NextDouble() : Math.Sqrt(random.NextDouble()))];
        var proxies = ProxyMetrics.Measure(reference, scores, Chunks.ByNumber(2000, 2));

        Assert.True(proxies.Periods[0][ProxyMetric.ScorePsi] < 2 * proxies.Periods[0].PsiChance);
        Assert.True(proxies.Periods[1][ProxyMetric.ScorePsi] > 3 * proxies.Periods[1].PsiChance);
        foreach (ProxyMetric metric in Enum.GetValues<ProxyMetric>().Where(metric => metric < ProxyMetric.LatencyMedian))
        {
            Assert.NotEmpty(proxies.Chart(metric).ToSvg());
        }

        Assert.Throws<InvalidOperationException>(() => proxies.Chart(ProxyMetric.LatencyMedian));
    }

    [Fact]
    public void Measure_PeriodWithoutScores_IsNaN()
    {
        var proxies = ProxyMetrics.Measure([0.5], [double.NaN, double.NaN], Chunks.ByNumber(2, 1));

        Assert.Equal(1, proxies.Periods[0][ProxyMetric.MissingShare]);
        Assert.Equal(double.NaN, proxies.Periods[0][ProxyMetric.ScorePsi]);
        Assert.Equal("reference", Assert.Throws<ArgumentException>(() => ProxyMetrics.Measure([double.NaN], [0.5], Chunks.ByNumber(1, 1))).ParamName);
    }
}
