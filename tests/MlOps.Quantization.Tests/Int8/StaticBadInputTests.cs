using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Tests.Int8;

/// <summary>What static and dynamic INT8 do with input that is wrong or odd.</summary>
public class StaticBadInputTests
{
    [Fact]
    public void Quantize_NoRows_NamesTheArgument()
    {
        Assert.Equal("data", Assert.Throws<ArgumentException>(() => StaticQuantization.Quantize(SmallModels.Mlp(), new ModelData([], 0))).ParamName);
    }

    [Fact]
    public void Quantize_QuantizedAlready_SaysSo()
    {
        OnnxFile file = SmallModels.Mlp();
        ModelData data = SmallModels.Rows(file, 8);
        foreach (QuantizedModel once in new[] { StaticQuantization.Quantize(file, data), DynamicQuantization.Quantize(file) })
        {
            Assert.Contains("quantized already", Assert.Throws<OnnxException>(() => StaticQuantization.Quantize(once.File, data)).Message, StringComparison.Ordinal);
            Assert.Contains("quantized already", Assert.Throws<OnnxException>(() => DynamicQuantization.Quantize(once.File)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void Quantize_WeightThatIsNoNumber_NamesTheTensor(float broken)
    {
        OnnxFile file = WithFirstWeight(broken);
        Assert.Contains("one.w", Assert.Throws<OnnxException>(() => DynamicQuantization.Quantize(file)).Message, StringComparison.Ordinal);
        OnnxException e = Assert.Throws<OnnxException>(() => StaticQuantization.Quantize(file, SmallModels.Rows(file, 8)));
        Assert.True(e.Message.Contains("one.w", StringComparison.Ordinal) || e.Message.Contains("NaN", StringComparison.Ordinal)); // calibration may see it first
    }

    [Fact]
    public void Quantize_OutlierAmongWeights_IsNoticedAndAScalePerChannelConfinesIt()
    {
        OnnxFile file = WithFirstWeight(1e30f);
        ModelData data = SmallModels.Rows(file, 8);
        Assert.Contains(DynamicQuantization.Quantize(file).Notices, notice => notice.Contains("one.w", StringComparison.Ordinal) && notice.Contains("1E+30", StringComparison.Ordinal));
        Assert.Contains(StaticQuantization.Quantize(file, data).Notices, notice => notice.Contains("one.w", StringComparison.Ordinal));
        Assert.DoesNotContain(StaticQuantization.Quantize(file, data, new StaticOptions { PerChannel = true }).Notices, notice => notice.Contains("one.w", StringComparison.Ordinal));
    }

    [Fact]
    public void Quantize_HugeBias_IsBlamedForTheLostWeights()
    {
        var graph = new GraphBuilder("biased");
        string x = graph.Input("x", OnnxElementType.Float, 4);
        OnnxFile file = graph.Output("y", graph.Add("Gemm", [x, graph.Constant("w", SmallModels.Numbers(8, 1), 4, 2), graph.Constant("b", [1e30f, -2f])]), OnnxElementType.Float, 2).Build();
        ModelData data = SmallModels.Rows(file, 4);
        QuantizedModel quantized = StaticQuantization.Quantize(file, data);
        Assert.Contains(quantized.Notices, notice => notice.Contains("bias", StringComparison.Ordinal));
        using var model = OnnxModel.Open(quantized.File);
        Assert.All(model.Run(data.Batches[0])["y"].ToFloats().Chunk(2), row => Assert.InRange(row[0], 0.99e30f, 1.01e30f));
    }

    [Fact]
    public void Quantize_AllWeightsZero_GivesTheBias()
    {
        var graph = new GraphBuilder("zero");
        string x = graph.Input("x", OnnxElementType.Float, 4);
        OnnxFile file = graph.Output("y", graph.Add("Gemm", [x, graph.Constant("w", new float[8], 4, 2), graph.Constant("b", [1f, -2f])]), OnnxElementType.Float, 2).Build();
        ModelData data = SmallModels.Rows(file, 4);
        foreach (OnnxFile quantized in new[] { StaticQuantization.Quantize(file, data).File, DynamicQuantization.Quantize(file).File })
        {
            using var model = OnnxModel.Open(quantized);
            Assert.All(model.Run(data.Batches[0])["y"].ToFloats().Chunk(2), row =>
            {
                Assert.InRange(row[0], 0.98f, 1.02f);
                Assert.InRange(row[1], -2.02f, -1.98f);
            });
        }
    }

    [Fact]
    public void Quantize_InputAlwaysZero_StillRuns()
    {
        OnnxFile file = SmallModels.Mlp();
        ModelData zeros = ModelData.Of(file, new Learning.Matrix(40, 8, new double[320]));
        Assert.True(SmallModels.SignalToNoise(file, StaticQuantization.Quantize(file, zeros).File, zeros) > 30);
    }

    [Fact]
    public void Quantize_ReluThatWasNeverPositive_StillCutsOff()
    {
        var graph = new GraphBuilder("dead");
        string x = graph.Input("x", OnnxElementType.Float, 4);
        string h = graph.Add("Relu", [graph.Add("Gemm", [x, graph.Constant("w", SmallModels.Numbers(16, 1), 4, 4), graph.Constant("b", [-100f, -100f, -100f, -100f])])]);
        OnnxFile file = graph.Output("y", SmallModels.Layer(graph, "two", h, 4, 2, 5), OnnxElementType.Float, 2).Build();
        ModelData data = SmallModels.Rows(file, 4);
        foreach (IntegerType type in new[] { IntegerType.UInt8, IntegerType.Int8 })
        {
            Assert.True(SmallModels.SignalToNoise(file, StaticQuantization.Quantize(file, data, new StaticOptions { Activations = type }).File, data) > 30);
        }
    }

    [Fact]
    public void Quantize_NothingToQuantize_GivesTheModelWithReasons()
    {
        OnnxFile file = Models.Load("sklearn-linear");
        ModelData data = Models.Data("sklearn-linear", 40, 1);
        foreach (QuantizedModel model in new[] { StaticQuantization.Quantize(file, data), DynamicQuantization.Quantize(file) })
        {
            Assert.Empty(model.Quantized);
            Assert.Contains(model.Kept, kept => kept.Operation == "LinearClassifier");
            using var session = OnnxModel.Open(model.File);
        }
    }

    [Fact]
    public void Quantize_NestedGraphs_StayAndAreListed()
    {
        QuantizedModel model = DynamicQuantization.Quantize(Models.Load("control-flow"));
        Assert.Contains(model.Kept, kept => kept.Operation == "If" && kept.Reason.Contains("graphs of its own", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(IntegerType.Int16, IntegerType.Int8)]
    [InlineData(IntegerType.UInt8, IntegerType.Int4)]
    [InlineData(IntegerType.Int8, IntegerType.UInt8)]
    public void Quantize_TypesThatDoNotGoTogether_AreRefused(IntegerType activations, IntegerType weights)
    {
        OnnxFile file = SmallModels.Mlp();
        Assert.Throws<ArgumentException>(() => StaticQuantization.Quantize(file, SmallModels.Rows(file, 8), new StaticOptions { Activations = activations, Weights = weights }));
    }

    [Fact]
    public void Quantize_Cancelled_Stops()
    {
        OnnxFile file = SmallModels.Mlp();
        Assert.Throws<OperationCanceledException>(() => StaticQuantization.Quantize(file, SmallModels.Rows(file, 8), cancellationToken: new CancellationToken(canceled: true)));
    }

    private static OnnxFile WithFirstWeight(float value)
    {
        OnnxFile file = SmallModels.Mlp();
        OnnxTensor tensor = file.Graph.Constant("one.w")!;
        float[] values = tensor.ToFloats();
        values[0] = value;
        file.Graph.Initializer[file.Graph.Initializer.IndexOf(tensor)] = OnnxTensor.Of("one.w", values, [.. tensor.Dims]);
        return file;
    }
}
