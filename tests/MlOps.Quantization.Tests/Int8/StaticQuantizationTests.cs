using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;
using MlOps.Quantization.Calibration;

namespace MlOps.Quantization.Tests.Int8;

/// <summary>Static INT8 on exported files. Oracles: what ONNX Runtime merges when it loads the result, and the float model's answers.</summary>
public class StaticQuantizationTests
{
    [Theory]
    [InlineData("mlp", "QGemm:3 QuantizeLinear:1")]
    [InlineData("mlp-fixed-batch", "QGemm:3 QuantizeLinear:1")]
    [InlineData("cnn", "Flatten:1 NhwcMaxPool:1 QGemm:1 QLinearAdd:1 QLinearAveragePool:1 QLinearConv:3 QLinearGlobalAveragePool:1 QuantizeLinear:1 Transpose:2")]
    [InlineData("opset9", "Flatten:1 NhwcMaxPool:1 QGemm:1 QLinearAdd:1 QLinearAveragePool:1 QLinearConv:3 QLinearGlobalAveragePool:1 QuantizeLinear:1 Transpose:2")]
    [InlineData("sklearn-mlp", "ArgMax:1 ArrayFeatureExtractor:1 QGemm:2 QuantizeLinear:1 Reshape:1 Softmax:1")]
    public void Quantize_SmallNetworks_OnnxRuntimeComputesThemInWholeNumbersThroughout(string name, string merged)
    {
        OnnxFile file = Models.Load(name);
        foreach (bool perChannel in new[] { false, true })
        {
            QuantizedModel model = StaticQuantization.Quantize(file, Models.Data(name, 128, seed: 3), new StaticOptions { PerChannel = perChannel });
            Assert.Equal(merged, OptimizedGraph.Text(model.File));
        }
    }

    [Theory]
    [InlineData("cnn-depthwise", "QLinearConv", 5)]
    [InlineData("transformer", "MatMulIntegerToFloat", 12)]
    [InlineData("transformer", "QGemm", 1)]
    public void Quantize_LargerNetworks_OnnxRuntimeMergesEveryLayer(string name, string kernel, int count)
    {
        QuantizedModel model = StaticQuantization.Quantize(Models.Load(name), Models.Data(name, 128, seed: 3));
        Assert.Equal(count, OptimizedGraph.Counts(model.File)[kernel]);
    }

    [Theory]
    [InlineData("mlp", 40)]
    [InlineData("cnn", 40)]
    [InlineData("cnn-folded", 40)]
    [InlineData("opset9", 40)]
    [InlineData("cnn-depthwise", 38)]
    [InlineData("transformer", 40)]
    [InlineData("control-flow", 40)]
    [InlineData("external", 40)]
    [InlineData("sklearn-mlp", 35)]
    public void Quantize_OtherRows_AnswersStayClose(string name, double decibel)
    {
        OnnxFile file = Models.Load(name);
        QuantizedModel model = StaticQuantization.Quantize(file, Models.Data(name, 256, seed: 3));
        Assert.True(SmallModels.SignalToNoise(file, model.File, Models.Data(name, 128, seed: 4)) > decibel);
    }

    [Fact]
    public void Quantize_RealisticWidth_TakesAQuarterOfTheBytes()
    {
        OnnxFile file = SmallModels.Mlp(128, 256, 10);
        byte[] before = Google.Protobuf.MessageExtensions.ToByteArray(file);
        QuantizedModel model = StaticQuantization.Quantize(file, SmallModels.Rows(file, 128));
        Assert.InRange(model.Ratio, 0.25, 0.27);
        Assert.Equal(before, Google.Protobuf.MessageExtensions.ToByteArray(file)); // the caller's model is as it was
        Assert.Equal(before.Length, model.BytesBefore);
        Assert.Equal(model.BytesBefore * model.Ratio, Google.Protobuf.MessageExtensions.ToByteArray(model.File).Length, 1);
    }

    [Theory]
    [InlineData(IntegerType.UInt8, IntegerType.Int8, false, false)]
    [InlineData(IntegerType.UInt8, IntegerType.UInt8, false, false)]
    [InlineData(IntegerType.Int8, IntegerType.Int8, false, false)]
    [InlineData(IntegerType.UInt8, IntegerType.Int8, true, false)]
    [InlineData(IntegerType.Int8, IntegerType.Int8, false, true)]
    [InlineData(IntegerType.UInt8, IntegerType.Int8, false, true)]
    public void Quantize_EveryPairOfTypes_MergesAndStaysClose(IntegerType activations, IntegerType weights, bool reduce, bool symmetric)
    {
        OnnxFile file = Models.Load("mlp");
        QuantizedModel model = StaticQuantization.Quantize(file, Models.Data("mlp", 128, 3), new StaticOptions { Activations = activations, Weights = weights, ReduceRange = reduce, SymmetricActivations = symmetric });
        Assert.Equal(3, OptimizedGraph.Counts(model.File)["QGemm"]);
        Assert.True(SmallModels.SignalToNoise(file, model.File, Models.Data("mlp", 64, 4)) > 35);
    }

    [Fact]
    public void Quantize_SigmoidBehindTheLastLayer_IsNotMergedIntoAFloatGemm()
    {
        var graph = new GraphBuilder("head");
        string x = graph.Input("x", OnnxElementType.Float, 8);
        OnnxFile file = graph.Output("y", graph.Add("Sigmoid", [SmallModels.Layer(graph, "l", x, 8, 2, 1)]), OnnxElementType.Float, 2).Build();
        QuantizedModel model = StaticQuantization.Quantize(file, SmallModels.Rows(file, 8));
        Assert.Equal(1, OptimizedGraph.Counts(model.File)["QGemm"]);
    }

    [Theory]
    [InlineData("entropy")]
    [InlineData("percentile")]
    [InlineData("mse")]
    public void Quantize_OtherCalibrations_AnswersStayClose(string method)
    {
        OnnxFile file = Models.Load("cnn");
        QuantizedModel model = StaticQuantization.Quantize(file, Models.Data("cnn", 128, 3), new StaticOptions { Calibration = RangeMethod.Of(method) });
        Assert.True(SmallModels.SignalToNoise(file, model.File, Models.Data("cnn", 64, 4)) > 15);
    }

    [Fact]
    public void Quantize_Transformer_KeptNodesSayWhy()
    {
        QuantizedModel model = StaticQuantization.Quantize(Models.Load("transformer"), Models.Data("transformer", 64, 3));
        Assert.Contains("/embed/Gather", model.Quantized);
        Assert.Contains(model.Kept, kept => kept.Node == "/layers.0/MatMul" && kept.Reason.Contains("two activations", StringComparison.Ordinal));
        Assert.Contains(model.Kept, kept => kept.Operation == "Softmax");
        Assert.DoesNotContain(model.Kept, kept => kept.Operation is "Shape" or "Constant" or "Reshape" or "Unsqueeze");
        Assert.All(model.Kept, kept => Assert.EndsWith(".", kept.Reason, StringComparison.Ordinal));
        Assert.Empty(model.Quantized.Intersect(model.Kept.Select(kept => kept.Node)));
    }

    [Fact]
    public void Quantize_ProductsOfActivations_AreTakenWhenAskedFor()
    {
        OnnxFile file = Models.Load("transformer");
        QuantizedModel model = StaticQuantization.Quantize(file, Models.Data("transformer", 64, 3), new StaticOptions { ProductsOfActivations = true });
        Assert.Contains("/layers.0/MatMul", model.Quantized);
        Assert.True(SmallModels.SignalToNoise(file, model.File, Models.Data("transformer", 64, 4)) > 30);
    }

    [Fact]
    public void Quantize_Excluded_StaysFloatAndSaysSo()
    {
        ModelData data = Models.Data("cnn", 64, 3);
        QuantizedModel model = StaticQuantization.Quantize(Models.Load("cnn"), data, new StaticOptions { ExcludedNodes = ["/conv2/Conv"], ExcludedOperators = ["Gemm"] });
        Assert.Equal("It was excluded by name.", model.Kept.Single(kept => kept.Node == "/conv2/Conv").Reason);
        Assert.Equal("Gemm was excluded.", model.Kept.Single(kept => kept.Node == "/fc/Gemm").Reason);
        Assert.Equal(OnnxElementType.Float, model.File.Graph.Constant(model.File.Graph.FindNode("/conv2/Conv")!.Input[1])!.DataType);
        var unknown = Assert.Throws<ArgumentException>(() => StaticQuantization.Quantize(Models.Load("cnn"), data, new StaticOptions { ExcludedNodes = ["conv9"] }));
        Assert.Contains("conv9", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quantize_WeightsThatTwoNodesShare_AreStoredOnce()
    {
        var graph = new GraphBuilder("shared");
        string x = graph.Input("x", OnnxElementType.Float, 6);
        string w = graph.Constant("w", SmallModels.Numbers(36, 1), 6, 6);
        string y = graph.Add("MatMul", [graph.Add("MatMul", [x, w]), w]);
        OnnxFile file = graph.Output("y", y, OnnxElementType.Float, 6).Build();
        QuantizedModel model = StaticQuantization.Quantize(file, SmallModels.Rows(file, 6));
        Assert.Single(model.File.Graph.Initializer, tensor => tensor.Dims.Count == 2);
        Assert.True(SmallModels.SignalToNoise(file, model.File, SmallModels.Rows(file, 6, seed: 2)) > 30);
    }

    [Fact]
    public void Quantize_OutputThatIsReadInside_KeepsItsNameAndItsValue()
    {
        OnnxFile file = SmallModels.Mlp();
        string hidden = file.Graph.NodesOf("Relu")[0].Output[0];
        file.Graph.Expose(hidden);
        ModelData data = SmallModels.Rows(file, 8);
        QuantizedModel model = StaticQuantization.Quantize(file, data);
        using var a = OnnxModel.Open(file);
        using var b = OnnxModel.Open(model.File);
        float[] expected = a.Run(data.Batches[0])[hidden].ToFloats();
        float step = expected.Max() / 255;
        Assert.All(expected.Zip(b.Run(data.Batches[0])[hidden].ToFloats()), pair => Assert.InRange(pair.Second, pair.First - (8 * step), pair.First + (8 * step)));
    }

    [Fact]
    public void Quantize_NodeWithoutAName_IsKnownByItsFirstOutput()
    {
        OnnxFile file = SmallModels.Mlp();
        OnnxNode first = file.Graph.NodesOf("Gemm")[0];
        first.Name = "";
        Assert.Contains(first.Output[0], StaticQuantization.Quantize(file, SmallModels.Rows(file, 8)).Quantized);
    }

    [Fact]
    public void Quantize_ConstantThatIsAnInputToo_IsAConstantOnly()
    {
        OnnxFile file = SmallModels.Mlp();
        OnnxTensor w = file.Graph.Initializer[0];
        file.Graph.Input.Add(OnnxValue.Tensor(w.Name, OnnxElementType.Float, [.. w.Dims]));
        QuantizedModel model = StaticQuantization.Quantize(file, SmallModels.Rows(SmallModels.Mlp(), 8));
        Assert.Equal(["x"], model.File.Graph.Input.Select(input => input.Name));
        Assert.Equal(2, OptimizedGraph.Counts(model.File)["QGemm"]);
    }

    [Theory]
    [InlineData(2f, 3f, 0)]
    [InlineData(0.5f, 1f, 0)]
    [InlineData(1f, 0f, 0)]
    [InlineData(1f, 1f, 1)]
    public void Quantize_GemmWithFactors_MeansTheSame(float alpha, float beta, long transB)
    {
        var graph = new GraphBuilder("gemm");
        string x = graph.Input("x", OnnxElementType.Float, 6);
        string y = graph.Add("Gemm", [x, graph.Constant("w", SmallModels.Numbers(36, 1), 6, 6), graph.Constant("b", SmallModels.Numbers(6, 2))], OnnxAttribute.Of("alpha", alpha), OnnxAttribute.Of("beta", beta), OnnxAttribute.Of("transB", transB));
        OnnxFile file = graph.Output("y", y, OnnxElementType.Float, 6).Build();
        ModelData data = SmallModels.Rows(file, 6);
        Assert.True(SmallModels.SignalToNoise(file, StaticQuantization.Quantize(file, data).File, data) > 35);
        Assert.True(SmallModels.SignalToNoise(file, DynamicQuantization.Quantize(file).File, data) > 35);
    }

    [Fact]
    public void Quantize_LargeBiasBesideTinyWeights_DoesNotOverflow()
    {
        var graph = new GraphBuilder("bias");
        string x = graph.Input("x", OnnxElementType.Float, 4);
        string y = graph.Add("Gemm", [x, graph.Constant("w", Array.ConvertAll(SmallModels.Numbers(8, 1), value => value * 1e-7f), 4, 2), graph.Constant("b", [100f, -50f])]);
        OnnxFile file = graph.Output("y", y, OnnxElementType.Float, 2).Build();
        ModelData data = SmallModels.Rows(file, 4);
        foreach (bool perChannel in new[] { false, true })
        {
            using var model = OnnxModel.Open(StaticQuantization.Quantize(file, data, new StaticOptions { PerChannel = perChannel }).File);
            Assert.All(model.Run(data.Batches[0])["y"].ToFloats().Chunk(2), row =>
            {
                Assert.InRange(row[0], 99.99f, 100.01f);
                Assert.InRange(row[1], -50.01f, -49.99f);
            });
        }
    }
}
