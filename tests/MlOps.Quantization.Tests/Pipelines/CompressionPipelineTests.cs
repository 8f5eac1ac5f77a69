using System.Text.Json;
using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Onnx;
using MlOps.Quantization.LowRank;

namespace MlOps.Quantization.Tests.Pipelines;

public sealed class CompressionPipelineTests
{
    private static readonly Matrix s_x = Rows(120, 1);
    private static readonly Matrix s_test = Rows(90, 2);
    private static readonly Network s_network = new Trainer(new CrossEntropy(), new Adam(0.01), new TrainingOptions { Epochs = 15 })
        .Fit(new NetworkBuilder(TensorShape.Vector(8)).Dense(64).ReLU().Dense(64).ReLU().Dense(3).Build(1), new TrainingData(Tensor.Of(s_x), new Labels(Codes(120), ["0", "1", "2"]))).Network;

    private static readonly OnnxFile s_file = OnnxExport.Export(s_network);

    [Fact]
    public void Run_EveryStep_IsMeasuredAgainstTheOriginal()
    {
        var pipeline = new CompressionPipeline(CompressionStep.CleanUp(), CompressionStep.StructuredPruning(0.25), CompressionStep.LowRank(RankChoice.Energy(0.9)), CompressionStep.StaticInt8());
        PipelineReport report = pipeline.Run(s_file, ModelData.Of(s_file, s_x), Test(s_file));
        Assert.Equal(["original", "clean up", "prune 25 % of the units", "low rank, 90 % of the energy", "static int8"], report.Steps.Select(step => step.Step));
        Assert.All(report.Steps, step => Assert.Equal(step.File.CalculateSize(), step.Bytes));
        Assert.Equal(s_network.ParameterCount, report.Steps[0].Parameters);
        Assert.Equal((1.0, 0.0), (report.Steps[0].Agreement!.Value, report.Steps[0].LargestDifference!.Value));
        Assert.Equal(report.Steps.Select(step => step.Bytes).OrderDescending(), report.Steps.Select(step => step.Bytes));
        Assert.Equal(90, report.TestRows);

        // brute force: classes of the network and of the last file, counted here
        int[] original = s_network.Classify(Tensor.Of(s_test));
        using var last = OnnxModel.Open(report.File);
        Matrix scores = last.Run(s_test, "probabilities");
        int[] compressed = [.. Enumerable.Range(0, 90).Select(i => scores.Row(i).IndexOf(scores.Row(i).ToArray().Max()))];
        Assert.Equal(original.Zip(compressed).Count(pair => pair.First == pair.Second) / 90.0, report.Steps[^1].Agreement!.Value, 12);
        Assert.Equal(Codes(90).Zip(compressed).Count(pair => pair.First == pair.Second) / 90.0, report.Steps[^1].Accuracy!.Value, 12);
        Assert.Equal((double)report.File.CalculateSize() / s_file.CalculateSize(), report.Ratio, 12);
        Assert.Contains("times smaller", report.Chart().ToString(), StringComparison.Ordinal);
        Assert.Equal(5, JsonDocument.Parse(report.ToJson()).RootElement.GetProperty("steps").GetArrayLength());
        Assert.Equal(5, report.ToTable().RowCount);
    }

    [Theory]
    [InlineData("dynamic")]
    [InlineData("int4")]
    [InlineData("fp16")]
    public void Run_OtherPrecisions_GiveFilesThatRun(string precision)
    {
        CompressionStep step = precision switch { "dynamic" => CompressionStep.DynamicInt8(), "int4" => CompressionStep.Int4(), _ => CompressionStep.Fp16() };
        PipelineReport report = new CompressionPipeline(CompressionStep.MagnitudePruning(0.2), step).Run(s_file, null, Test(s_file));
        Assert.True(report.Steps[^1].Agreement > 0.8, report.ToString());
        Assert.True(report.Ratio < 0.75, report.ToString());
    }

    [Fact]
    public void Run_WithoutTestRows_MeasuresSizesOnly()
    {
        PipelineReport report = new CompressionPipeline(CompressionStep.LowRank(RankChoice.Rank(4))).Run(s_file);
        Assert.Null(report.Steps[1].Agreement);
        Assert.Throws<InvalidOperationException>(() => report.Chart());
        Assert.Contains("kept", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pipeline_WrongOrder_SaysTheRightOne()
    {
        ArgumentException e = Assert.Throws<ArgumentException>("steps", () => new CompressionPipeline(CompressionStep.CleanUp(), CompressionStep.DynamicInt8(), CompressionStep.StructuredPruning(0.5)));
        Assert.Contains("The right order: 'clean up', 'prune 50 % of the units', 'dynamic int8'", e.Message, StringComparison.Ordinal);
        Assert.Contains("both choose the bits", Assert.Throws<ArgumentException>("steps", () => new CompressionPipeline(CompressionStep.DynamicInt8(), CompressionStep.Int4())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("steps", () => new CompressionPipeline());
    }

    [Fact]
    public void Run_BadInput_NamesTheStep()
    {
        Assert.Throws<ArgumentException>("calibration", () => new CompressionPipeline(CompressionStep.StaticInt8()).Run(s_file));
        OnnxFile quantized = new CompressionPipeline(CompressionStep.DynamicInt8()).Run(s_file).File;
        OnnxException e = Assert.Throws<OnnxException>(() => new CompressionPipeline(CompressionStep.LowRank(RankChoice.Rank(2))).Run(quantized));
        Assert.StartsWith("Step 1, 'low rank, rank 2': ", e.Message, StringComparison.Ordinal);
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        Assert.Throws<OperationCanceledException>(() => new CompressionPipeline(CompressionStep.CleanUp()).Run(s_file, cancellationToken: stopped.Token));
    }

    private static ModelData Test(OnnxFile file) => ModelData.Of(file, s_test, [.. Codes(90).Select(code => code.ToString(System.Globalization.CultureInfo.InvariantCulture))]);

    private static int[] Codes(int n) => [.. Enumerable.Range(0, n).Select(i => i % 3)];

    private static Matrix Rows(int n, int seed)
    {
        var random = new Random(seed);
        return new Matrix(n, 8, [.. Enumerable.Range(0, 8 * n).Select(at => Math.Cos(((at / 8 % 3) + 1) * ((at % 8) + 1)) + (random.NextDouble() - 0.5))]);
    }
}
