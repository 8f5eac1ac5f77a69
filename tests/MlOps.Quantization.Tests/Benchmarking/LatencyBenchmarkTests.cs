using MlOps.Onnx;
using MlOps.Quantization.Benchmarking;

namespace MlOps.Quantization.Tests.Benchmarking;

public sealed class LatencyBenchmarkTests
{
    private static readonly LatencyOptions s_few = new() { Runs = 6, WarmUpRuns = 1, ColdStarts = 1 };

    [Fact]
    public void Measure_BatchesAndThreads_GivesAResultForEachSetting()
    {
        BenchmarkModel[] models = [BenchmarkModel.Load(Models.At("mlp"), "one"), BenchmarkModel.Of("two", Models.Load("mlp"))];
        var seen = new List<double>();

        LatencyReport report = LatencyBenchmark.Measure(models, Models.Data("mlp", 10, 3), s_few with { BatchSizes = [1, 32], Threads = [1, 2] }, progress: new Collector(seen));

        Assert.Equal(
            [("one", 1, 1), ("two", 1, 1), ("one", 32, 1), ("two", 32, 1), ("one", 1, 2), ("two", 1, 2), ("one", 32, 2), ("two", 32, 2)],
            report.Results.Select(result => (result.Model, result.Batch, result.Threads)));
        Assert.All(report.Results, result => Assert.Equal(6, result.Milliseconds.Count));
        Assert.All(report.Results, result => Assert.True(result.Statistics.Min > 0));
        Assert.Equal(4, report.Ratios.Count);
        Assert.All(report.Ratios, ratio => Assert.Equal(("two", "one"), (ratio.Model, ratio.Baseline)));
        Assert.Equal(["one", "two"], report.ColdStarts.Select(start => start.Model));
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(1, seen[^1], 1e-12);
    }

    [Fact]
    public void Measure_FixedBatch_IsMeasuredWithItsOwnAndSaidSo()
    {
        BenchmarkModel model = BenchmarkModel.Of("fixed", Models.Load("mlp-fixed-batch"));
        long batch = model.File.Graph.Input[0].Dims![0];

        LatencyReport report = LatencyBenchmark.Measure([model], null, s_few with { BatchSizes = [1, 1000] });

        Assert.Equal(batch, Assert.Single(report.Results).Batch);
        Assert.Contains(report.Notices, notice => notice.StartsWith($"fixed takes {batch} rows at once", StringComparison.Ordinal));
        Assert.Contains(report.Notices, notice => notice.Contains("not real", StringComparison.Ordinal));
    }

    [Fact]
    public void Measure_NoModelOrOneNameTwice_IsRefused()
    {
        var model = BenchmarkModel.Of("a", Models.Load("mlp"));

        Assert.Equal("models", Assert.Throws<ArgumentException>(() => LatencyBenchmark.Measure([])).ParamName);
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => LatencyBenchmark.Measure([model, model])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LatencyBenchmark.Measure([model], null, s_few with { BatchSizes = [0] }));
        Assert.Contains("'a' takes", Assert.Throws<ArgumentException>(() => LatencyBenchmark.Measure([model], Wide(), s_few)).Message, StringComparison.Ordinal);
    }

    /// <summary>Oracle: the file and its data lie beside each other; their lengths.</summary>
    [Fact]
    public void Load_ExternalData_CountsAndEmbedsIt()
    {
        var model = BenchmarkModel.Load(Models.At("external"));

        Assert.DoesNotContain(model.File.Tensors(), tensor => tensor.IsExternal);
        long data = new FileInfo(Path.Combine(Path.GetDirectoryName(Models.At("external"))!, "external.bin")).Length;
        Assert.InRange(model.Bytes, new FileInfo(Models.At("external")).Length + 1, new FileInfo(Models.At("external")).Length + data);
        Assert.Throws<FileNotFoundException>(() => BenchmarkModel.Load("nothing.onnx"));
    }

    [Fact]
    public void Ratio_TwiceAsLong_IsSlowerAndSaidSo()
    {
        var random = new Random(1);
        double[] times = [.. Enumerable.Range(0, 60).Select(_ => 1 + (0.1 * random.NextDouble()))];
        ModelLatency Of(string name, double factor)
        {
            double[] own = [.. times.Select(time => factor * time)];
            return new ModelLatency(name, 1, LatencyStatistics.Of(own), 1, own);
        }

        LatencyRatio slower = LatencyRatio.Of(Of("int8", 2), Of("float", 1));
        Assert.True(slower.IsSlower);
        Assert.Equal(2, slower.Ratio.Low, 1e-12); // drawn in pairs, so that every resample has the ratio 2
        Assert.StartsWith("int8 is 2.0× slower than float [2.0, 2.0] (batch 1, 1 thread)", slower.ToString(), StringComparison.Ordinal);
        Assert.True(LatencyRatio.Of(Of("int8", 0.5), Of("float", 1)).IsFaster);
        Assert.Contains("about as long", LatencyRatio.Of(Of("int8", 1), Of("float", 1)).ToString(), StringComparison.Ordinal);
        LatencyRatio hardly = LatencyRatio.Of(Of("int8", 1.02), Of("float", 1));
        Assert.True(hardly.IsSlower && hardly.IsAlike);
        Assert.StartsWith("int8 takes about as long as float, 1.02× the time", hardly.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Doubts_NoisyOrDrifting_AreTold()
    {
        ModelLatency Of(double[] times) => new("m", 1, LatencyStatistics.Of(times), 1, times);

        Assert.Empty(LatencyBenchmark.Doubts([Of([.. Enumerable.Repeat(1.0, 40), 50])]));
        Assert.Contains("busy", Assert.Single(LatencyBenchmark.Doubts([Of([.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 1.0 : 1.6)])])), StringComparison.Ordinal);
        Assert.Contains(LatencyBenchmark.Doubts([Of([.. Enumerable.Range(0, 40).Select(i => i < 20 ? 1.0 : 1.2)])]), doubt => doubt.Contains("changed its speed", StringComparison.Ordinal));

        ModelLatency slower = Of([.. Enumerable.Range(0, 40).Select(i => i < 20 ? 1.0 : 2)]);
        string one = Assert.Single(LatencyBenchmark.Doubts([.. Enumerable.Repeat(Of([.. Enumerable.Range(0, 40).Select(i => i < 20 ? 1.0 : 1.2)]), 3), slower]), doubt => doubt.Contains("changed", StringComparison.Ordinal));
        Assert.Contains("took 2.00 times as long as the first, and so for 3 more", one, StringComparison.Ordinal);
    }

    /// <summary>Rows with two inputs, which neither model takes.</summary>
    private static ModelData Wide()
    {
        ModelData data = Models.Data("mlp", 4, 1);
        return data with { Batches = [.. data.Batches.Select(batch => new Dictionary<string, OnnxTensor>(batch) { ["other"] = batch.Values.First() })] };
    }

    private sealed class Collector(List<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen.Add(value);
    }
}
