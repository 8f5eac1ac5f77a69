using System.Text.Json;
using MlOps.Charts;
using MlOps.Onnx;
using MlOps.Quantization.Benchmarking;

namespace MlOps.Quantization.Tests.Benchmarking;

public sealed class CompressionReportTests
{
    private static readonly CompressionReportOptions s_quick = new() { Gzip = true, Latency = new LatencyOptions { Runs = 4, WarmUpRuns = 1, ColdStarts = 1 } };

    [Fact]
    public void Measure_TwoModels_HasEveryNumber()
    {
        OnnxFile file = Models.Load("mlp");
        file.Graph.Initializer.Add(OnnxTensor.Of("names", ["north", "south"], 2)); // names are no parameters
        ModelData data = Models.Data("mlp", 40, 9);

        CompressionReport report = CompressionReport.Measure([BenchmarkModel.Of("float", file), BenchmarkModel.Of("broken", Disturbed(file))], data, s_quick);

        ModelMeasurement first = report["float"];
        Assert.Equal(file.CalculateSize(), first.Bytes);
        Assert.Equal((20 * 64) + 64 + (64 * 32) + 32 + (32 * 4) + 4 + (4 * (64 + 32)), first.Parameters); // by hand: weights, biases, and four numbers a unit of batch norm
        Assert.Equal((20 * 64) + (64 * 32) + (32 * 4), first.Compute!.Macs);
        Assert.InRange(first.GzipBytes!.Value, 100, first.Bytes);
        Assert.Equal(1, first.Comparison!.Agreement);
        Assert.Equal(0, first.Comparison.LargestDifference);
        Assert.InRange(first.Accuracy!.Value, 0.8, 1); // it was trained on such rows
        Assert.True(report["broken"].Accuracy < first.Accuracy);
        Assert.True(report.Loss(report["broken"]) > 0);
        Assert.True(first.EnergyMillijoules > 0);
        Assert.NotNull(first.ColdStart);
        Assert.Equal(40, report.Rows);
        Assert.Throws<KeyNotFoundException>(() => report["other"]);
    }

    [Fact]
    public void ToJson_Report_HasTheAgreedShape()
    {
        CompressionReport report = CompressionReport.Measure([BenchmarkModel.Of("float", Models.Load("mlp"))], Models.Data("mlp", 8, 9), s_quick);

        JsonElement json = JsonDocument.Parse(report.ToJson()).RootElement;

        Assert.Equal(["machine", "rows", "models", "ratios", "front", "findings", "notices"], json.EnumerateObject().Select(member => member.Name));
        JsonElement model = json.GetProperty("models")[0];
        Assert.Equal(
            ["name", "bytes", "gzipBytes", "parameters", "macs", "macsByOperator", "memory", "latency", "coldStart", "energyMillijoules", "accuracy", "rSquared", "agreement", "largestDifference", "signalToNoiseDb", "limited"],
            model.EnumerateObject().Select(member => member.Name));
        Assert.Equal(JsonValueKind.Null, model.GetProperty("signalToNoiseDb").ValueKind); // infinite
        Assert.Equal(JsonValueKind.Null, model.GetProperty("latency")[0].GetProperty("p99").ValueKind); // of four runs
    }

    [Fact]
    public void Findings_SmallerAndSlower_SaysSo()
    {
        CompressionReport report = BudgetTests.Report(("float.onnx", 100_000, 1, 0.95), ("int8.onnx", 25_000, 1.8, 0.945));

        Assert.Equal("int8.onnx has 0.250 of the size of float.onnx, 0.50 points less accuracy.", report.Findings()[0]);
        Assert.StartsWith("int8.onnx is 1.8× slower than float.onnx", report.Findings()[1], StringComparison.Ordinal);
        Assert.Contains("smaller is not faster", report.Findings()[1], StringComparison.Ordinal);
        Assert.Contains("1.8× slower", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Front_Models_IsWhatNothingBeats()
    {
        CompressionReport report = BudgetTests.Report(("float", 400, 10, 0.95), ("worse", 500, 12, 0.94), ("int8", 100, 5, 0.94));

        Assert.Equal(["float", "int8"], report.Front.Select(model => model.Name));
        Figure chart = report.Chart();
        Assert.Equal("int8 is the fastest, float the best", chart.Title);
        Assert.Contains("<svg", chart.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToMimeBundle_HostileName_IsEncoded() =>
        Assert.DoesNotContain("<script>", BudgetTests.Report(("<script>", 400, 10, 0.95)).ToMimeBundle()["text/html"], StringComparison.Ordinal);

    [Fact]
    public void Measure_NoData_ComparesNoAnswers()
    {
        CompressionReport report = CompressionReport.Measure([BenchmarkModel.Of("cnn", Models.Load("cnn"))], null, s_quick with { Latency = null });

        Assert.Null(report.Models[0].Quality);
        Assert.Empty(report.Models[0].Latencies);
        Assert.Throws<InvalidOperationException>(report.Chart);
    }

    /// <summary>The same model with its first weights turned around.</summary>
    private static OnnxFile Disturbed(OnnxFile file)
    {
        OnnxFile other = file.Clone();
        OnnxTensor weights = other.Graph.Initializer.First(tensor => tensor.Dims.Count == 2);
        OnnxTensor turned = OnnxTensor.Of(weights.Name, [.. weights.ToFloats().Reverse()], [.. weights.Dims]);
        other.Graph.Initializer[other.Graph.Initializer.IndexOf(weights)] = turned;
        return other;
    }
}
