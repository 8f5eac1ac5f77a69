using System.Text.Json;
using MlOps.Learning.Metrics;
using static MlOps.Learning.Tests.Metrics.MetricReferences;

namespace MlOps.Learning.Tests.Metrics;

public class BootstrapTests
{
    private static readonly double[] Sample = [.. Root.GetProperty("regression").Numbers("truth").Take(40)];

    [Theory]
    [InlineData("percentile", BootstrapMethod.Percentile, 0.9)]
    [InlineData("BCa", BootstrapMethod.Bca, 0.9)]
    [InlineData("twoStrata", BootstrapMethod.Bca, 0.95)]
    public void Read_SciPysResamples_GivesSciPysInterval(string name, BootstrapMethod method, double level)
    {
        // scipy.stats.bootstrap 1.10.1: its own resampled and jackknife values, so that only the reading is compared.
        JsonElement expected = Root.GetProperty("bootstrap").GetProperty(name);
        double[][] jackknife = [.. expected.GetProperty("jackknife").EnumerateArray().Select(group => group.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
        BootstrapInterval interval = Bootstrap.Read(expected.GetProperty("estimate").GetDouble(), expected.Numbers("drawn"), 0, level, method, jackknife);

        Assert.Equal(expected.GetProperty("low").GetDouble(), interval.Low, 1e-9 * Math.Abs(interval.Low)); // the normal law differs in the last digits
        Assert.Equal(expected.GetProperty("high").GetDouble(), interval.High, 1e-9 * Math.Abs(interval.High));
    }

    [Fact]
    public void Interval_EqualSeeds_GiveEqualBytes()
    {
        BootstrapInterval first = Bootstrap.Interval(40, Mean, resamples: 200, method: BootstrapMethod.Bca);
        BootstrapInterval second = Bootstrap.Interval(40, Mean, resamples: 200, method: BootstrapMethod.Bca);
        BootstrapInterval other = Bootstrap.Interval(40, Mean, resamples: 200, seed: 8, method: BootstrapMethod.Bca);

        Assert.Equal(first.Distribution, second.Distribution);
        Assert.Equal((first.Low, first.High), (second.Low, second.High));
        Assert.NotEqual(first.Distribution, other.Distribution);
        Assert.Equal(Mean([.. Enumerable.Range(0, 40)]), first.Estimate);
    }

    [Fact]
    public void Interval_Mean_HasTheStandardErrorOfTheory()
    {
        // Oracle: the bootstrap standard error of a mean is σ/√n (population σ); 20,000 resamples leave 0.5 % of noise.
        double mean = Sample.Average();
        double theory = Math.Sqrt(Sample.Sum(v => (v - mean) * (v - mean)) / Sample.Length / Sample.Length);

        Assert.Equal(theory, Bootstrap.Interval(40, Mean, resamples: 20_000).StandardError, 0.03 * theory);
    }

    [Theory]
    [InlineData(BootstrapMethod.Percentile)]
    [InlineData(BootstrapMethod.Bca)]
    public void Interval_ManySamples_CoverTheTruthAboutAsOftenAsStated(BootstrapMethod method)
    {
        // 400 samples of 60 uniform values: a 90 % interval of the mean covers 0.5 in about 90 % (±3 standard errors of 1.5 %, and a little less for n = 60).
        int covered = 0;
        for (int trial = 0; trial < 400; trial++)
        {
            var random = new Random(trial);
            double[] values = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())];
            BootstrapInterval interval = Bootstrap.Interval(60, rows => rows.Average(i => values[i]), resamples: 300, level: 0.9, seed: trial, method);
            covered += interval.Low <= 0.5 && 0.5 <= interval.High ? 1 : 0;
        }

        Assert.InRange(covered / 400.0, 0.84, 0.945);
    }

    [Fact]
    public void Interval_Strata_KeepTheirSizes()
    {
        Labels strata = new([.. Enumerable.Range(0, 40).Select(i => i < 4 ? 1 : 0)], ["common", "rare"]);
        bool[] truth = strata.Are("rare");
        BootstrapInterval stratified = Bootstrap.Interval(40, rows => rows.Count(i => truth[i]), strata: strata);
        BootstrapInterval plain = Bootstrap.Interval(40, rows => RocAuc.Compute([.. rows.Select(i => truth[i])], [.. rows.Select(i => Sample[i])]));

        Assert.All(stratified.Distribution, count => Assert.Equal(4, count));
        Assert.InRange(plain.Undefined, 1, 60); // (36/40)⁴⁰ = 1.5 % of plain resamples lack the rare class
        Assert.Equal(1000, plain.Resamples);
        Assert.Contains("of them undefined", plain.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Interval_NeverDefined_IsNaNAndSaysSo()
    {
        BootstrapInterval interval = Bootstrap.Interval(3, _ => double.NaN, resamples: 10);

        Assert.True(double.IsNaN(interval.Low) && double.IsNaN(interval.High) && double.IsNaN(interval.StandardError));
        Assert.Equal(10, interval.Undefined);
        BootstrapInterval constant = Bootstrap.Interval(3, _ => 4, resamples: 10, method: BootstrapMethod.Bca);
        Assert.True(double.IsNaN(constant.Low)); // no spread: BCa has no acceleration, as in SciPy
        Assert.Equal((4, 4), (Bootstrap.Interval(3, _ => 4, resamples: 10).Low, Bootstrap.Interval(3, _ => 4, resamples: 10).High));
    }

    [Fact]
    public void Interval_MetricThrows_PassesItsExceptionOn()
    {
        InvalidOperationException problem = Assert.Throws<InvalidOperationException>(() => Bootstrap.Interval(
            10, rows => rows.SequenceEqual(Enumerable.Range(0, 10)) ? 1 : throw new InvalidOperationException("of the metric")));

        Assert.Equal("of the metric", problem.Message);
    }

    [Fact]
    public void Interval_ProgressAndCancellation_Work()
    {
        var shares = new List<double>();
        Bootstrap.Interval(10, Mean, resamples: 300, progress: new Recorder(shares));

        Assert.Equal(1, shares[^1]);
        Assert.Equal(shares.Order(), shares);
        Assert.Throws<OperationCanceledException>(() => Bootstrap.Interval(10, Mean, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Interval_BadInput_NamesTheArgument()
    {
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Interval(1, Mean)).ParamName);
        Assert.Equal("resamples", Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Interval(10, Mean, resamples: 1)).ParamName);
        Assert.Equal("level", Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Interval(10, Mean, level: 1)).ParamName);
        Assert.Equal("strata", Assert.Throws<ArgumentException>(() => Bootstrap.Interval(10, Mean, strata: Labels.Of([true, false]))).ParamName);
    }

    private static double Mean(int[] rows) => rows.Average(i => Sample[i]);

    private sealed class Recorder(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
