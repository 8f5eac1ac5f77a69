using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Tests;

/// <summary>Oracles: ONNX Runtime's float32 outputs; its own Cast for the rounding of weights.</summary>
public class HalfPrecisionTests
{
    [Theory]
    [MemberData(nameof(Models.All), MemberType = typeof(Models))]
    public void Convert_EveryFile_AgreesWithFloat32AndIsHalfAsLarge(string name)
    {
        OnnxFile file = Models.Load(name);
        byte[] before = Google.Protobuf.MessageExtensions.ToByteArray(file);
        QuantizedModel half = HalfPrecision.Convert(file);
        Assert.Equal(before, Google.Protobuf.MessageExtensions.ToByteArray(file));
        Assert.Equal("fp16", half.Method);
        AssertClose(file, half.File, Models.Sample(name).Inputs, 0.02);
        if (name is not ("sklearn-linear" or "control-flow"))
        {
            Assert.NotEmpty(half.Quantized);
            Assert.InRange(half.Ratio, 0.3, name == "sklearn-mlp" ? 0.9 : 0.66); // the graph itself stays
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Convert_BrokenWeight_SaysWhich(float broken)
    {
        var graph = new GraphBuilder("broken");
        string product = graph.Add("MatMul", [graph.Input("x", OnnxElementType.Float, 2), graph.Constant("w", [1, broken, 3, 4], 2, 2)]);
        OnnxFile file = graph.Output("y", graph.Add("Relu", [product]), OnnxElementType.Float, 2).Build();
        var error = Assert.Throws<OnnxException>(() => HalfPrecision.Convert(file));
        Assert.Contains("'w' holds", error.Message, StringComparison.Ordinal);
        Assert.Contains("at place 1", error.Message, StringComparison.Ordinal);
        Assert.NotNull(HalfPrecision.Convert(file, new HalfPrecisionOptions { ExcludedOperators = ["MatMul"] }));
    }

    /// <summary>By hand: 500,000 is beyond 65,504, but (500,000 − 499,000) / 1,000 = 1 is not.</summary>
    [Fact]
    public void Convert_LargeInputsScaledInDouble_StayWhole()
    {
        var graph = new GraphBuilder("scaled");
        string both = graph.Add("Concat", [graph.Input("a", OnnxElementType.Float, 1), graph.Input("b", OnnxElementType.Float, 1)], OnnxAttribute.Of("axis", 1L));
        string wide = graph.Add("Cast", [both], OnnxAttribute.Of("to", (long)OnnxElementType.Double));
        string centred = graph.Add("Sub", [wide, graph.Add("Cast", [graph.Constant("mean", [499000f, 1f], 2)], OnnxAttribute.Of("to", (long)OnnxElementType.Double))]);
        string scaled = graph.Add("Div", [centred, graph.Add("Cast", [graph.Constant("deviation", [1000f, 1f], 2)], OnnxAttribute.Of("to", (long)OnnxElementType.Double))]);
        string narrow = graph.Add("Cast", [scaled], OnnxAttribute.Of("to", (long)OnnxElementType.Float));
        OnnxFile file = graph.Output("y", graph.Add("MatMul", [narrow, graph.Constant("w", [2f, 0, 0, 2], 2, 2)]), OnnxElementType.Float, 2).Build();

        QuantizedModel half = HalfPrecision.Convert(file);

        using var model = OnnxModel.Open(half.File);
        OnnxTensor y = model.Run(new Dictionary<string, OnnxTensor> { ["a"] = OnnxTensor.Of("a", [500000f], 1, 1), ["b"] = OnnxTensor.Of("b", [4f], 1, 1) })["y"];
        Assert.Equal([2f, 6f], y.ToFloats());
        Assert.Contains(half.Kept, kept => kept.Operation == "Concat");
    }

    [Fact]
    public void Convert_NothingToHalve_SaysThatTheFileIsNotSmaller()
    {
        var graph = new GraphBuilder("plain");
        OnnxFile file = graph.Output("y", graph.Add("Relu", [graph.Input("x", OnnxElementType.Float, 2)]), OnnxElementType.Float, 2).Build();
        Assert.Contains(HalfPrecision.Convert(file).Notices, notice => notice.StartsWith("Not smaller", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    [InlineData("cnn-depthwise")]
    [InlineData("transformer-17")]
    public void Convert_PortsToo_TakesAndGivesFloat16(string name)
    {
        OnnxFile file = Models.Load(name);
        OnnxFile half = HalfPrecision.Convert(file, new HalfPrecisionOptions { KeepInputsAndOutputs = false, ProductsInFloat32 = false }).File;
        Assert.Equal(OnnxElementType.Float16, half.Graph.Input[0].ElementType);
        Assert.DoesNotContain(half.Graph.Node, node => node.OpType == "Cast");
        using var model = OnnxModel.Open(half);
        OnnxTensor input = Models.Sample(name).Inputs["input"];
        byte[] bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes<Half>(Array.ConvertAll(input.ToFloats(), value => (Half)value)).ToArray();
        OnnxTensor output = model.Run(new Dictionary<string, OnnxTensor> { ["input"] = OnnxTensor.OfBytes("input", OnnxElementType.Float16, bytes, input.Dims) })["output"];
        Assert.Equal(OnnxElementType.Float16, output.DataType);
        Assert.All(Models.Sample(name).Outputs["output"].ToFloats().Zip(output.ToFloats()), pair => Assert.Equal(pair.First, pair.Second, 0.05f));
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("transformer")]
    public void Convert_ProductsInFloat32_StoreFloat16(string name)
    {
        OnnxGraph graph = HalfPrecision.Convert(Models.Load(name)).File.Graph;
        Assert.All(graph.Initializer.Where(tensor => tensor.Dims.Count == 2), weight => Assert.Equal(OnnxElementType.Float16, weight.DataType));
        Assert.All(graph.NodesOf("Gemm"), gemm => Assert.Equal(OnnxElementType.Float16, graph.Constant(graph.Producer(gemm.Input[1])!.Input[0])!.DataType)); // by a Cast

        OnnxFile file = Models.Load(name);
        QuantizedModel pure = HalfPrecision.Convert(file, new HalfPrecisionOptions { ProductsInFloat32 = false });
        Assert.All(pure.File.Graph.NodesOf("Gemm"), gemm => Assert.NotNull(pure.File.Graph.Constant(gemm.Input[1])));
        AssertClose(file, pure.File, Models.Sample(name).Inputs, 0.02);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Convert_PortsToo_WithProductsInFloat32_GivesFloat16(bool products)
    {
        OnnxFile half = HalfPrecision.Convert(Models.Load("mlp"), new HalfPrecisionOptions { KeepInputsAndOutputs = false, ProductsInFloat32 = products }).File;
        using var model = OnnxModel.Open(half);
        Assert.Equal((OnnxElementType.Float16, OnnxElementType.Float16), (model.Inputs[0].ElementType, model.Outputs[0].ElementType));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Convert_TransposeThatOthersReadTooBeforeAProduct_RunsInOnnxRuntime(bool inside)
    {
        // As PyTorch writes attention with the batch second: ONNX Runtime 1.29 crashed on Transpose → Cast → MatMul where a Shape reads the Transpose as well.
        var graph = new GraphBuilder("transposed");
        string x = graph.Input("x", OnnxElementType.Float, 4, 8);
        string turned = graph.Add("Transpose", [inside ? graph.Add("Relu", [x]) : x], OnnxAttribute.Of("perm", [1L, 0L, 2L]));
        string product = graph.Add("MatMul", [turned, graph.Constant("w", Int8.SmallModels.Numbers(64, 1), 8, 8)]);
        OnnxFile file = graph.Output("y", graph.Add("Add", [graph.Add("Reshape", [product, graph.Add("Shape", [turned])]), turned]), OnnxElementType.Float, 3, 8).Build();
        ModelData data = Int8.SmallModels.Rows(file, 32);
        Assert.True(Int8.SmallModels.SignalToNoise(file, HalfPrecision.Convert(file).File, data) > 50);
    }

    [Fact]
    public void Convert_Weights_AreRoundedAsOnnxRuntimeCasts()
    {
        float[] values = [1f / 3, 65503, 1e-7f, 2.9e-8f, -5.96e-8f, 1 + (1f / 2048), 1 + (3f / 2048), 0];
        var graph = new GraphBuilder("weights");
        string x = graph.Input("x", OnnxElementType.Float, 8);
        OnnxFile file = graph.Output("y", graph.Add("Mul", [x, graph.Constant("w", values)]), OnnxElementType.Float, 8).Build();
        QuantizedModel half = HalfPrecision.Convert(file);

        var cast = new GraphBuilder("cast");
        cast.Output("h", cast.Add("Cast", [cast.Input("w", OnnxElementType.Float)], OnnxAttribute.Of("to", 10)), OnnxElementType.Float16);
        using var model = OnnxModel.Open(cast.Build());
        OnnxTensor expected = model.Run(new Dictionary<string, OnnxTensor> { ["w"] = OnnxTensor.Of("w", values, 8) })["h"];
        Assert.Equal(expected.RawData, half.File.Graph.Constant("w")!.RawData);
        Assert.Contains("1 of 8 constants", Assert.Single(half.Notices, notice => !notice.StartsWith("Not smaller", StringComparison.Ordinal)), StringComparison.Ordinal); // 2.9e-8 alone is below 2⁻²⁵
    }

    [Fact]
    public void Convert_WeightBeyondTheRange_StaysFloat32()
    {
        OnnxFile file = Models.Load("mlp");
        OnnxTensor weight = file.Graph.Constant(file.Graph.NodesOf("Gemm")[2].Input[1])!;
        float[] values = weight.ToFloats();
        values[0] = 1e30f;
        OnnxTensor changed = OnnxTensor.Of(weight.Name, values, [.. weight.Dims]);
        file.Graph.Initializer[file.Graph.Initializer.IndexOf(weight)] = changed;
        KeptNode kept = Assert.Single(HalfPrecision.Convert(file).Kept);
        Assert.Equal("Gemm", kept.Operation);
        Assert.Contains("1e+30", kept.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_ActivationBeyondTheRange_StaysFloat32WhereTheDataShowIt()
    {
        var graph = new GraphBuilder("peak");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        string wide = graph.Add("Mul", [x, graph.Constant("thousand", [1000f])]);
        string narrow = graph.Add("Mul", [wide, graph.Constant("thousandth", [0.001f])]);
        OnnxFile file = graph.Output("y", graph.Add("Add", [narrow, graph.Constant("one", [1f])]), OnnxElementType.Float, 2).Build();
        var inputs = new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", [100f, -1, 2, 3], 2, 2) };
        QuantizedModel half = HalfPrecision.Convert(file, data: new ModelData([inputs], 2));
        Assert.Equal(["mul", "mul_2"], half.Kept.Select(kept => kept.Node));
        Assert.Equal(["add"], half.Quantized.Take(1));
        AssertClose(file, half.File, inputs, 0.02);
    }

    [Fact]
    public void Convert_MaskAndEpsilon_AreMovedIntoTheRange()
    {
        var graph = new GraphBuilder("mask");
        string x = graph.Input("x", OnnxElementType.Float, 3);
        string masked = graph.Add("Where", [graph.Add("Greater", [x, graph.Constant("zero", [0f])]), x, graph.Constant("minus", [-3.4e38f])]);
        string safe = graph.Add("Sqrt", [graph.Add("Add", [graph.Add("Mul", [x, x]), graph.Constant("eps", [1e-12f])])]);
        OnnxFile file = graph.Output("y", graph.Add("Div", [graph.Add("Softmax", [masked]), safe]), OnnxElementType.Float, 3).Build();
        QuantizedModel half = HalfPrecision.Convert(file);
        Assert.Empty(half.Kept);
        Assert.Equal(2, half.Notices.Count(notice => !notice.StartsWith("Not smaller", StringComparison.Ordinal)));
        AssertClose(file, half.File, new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", [1f, -2, 3], 1, 3) }, 0.01);
    }

    [Fact]
    public void Convert_TinyFactor_StaysFloat32()
    {
        var graph = new GraphBuilder("tiny");
        string x = graph.Input("x", OnnxElementType.Float, 3);
        OnnxFile file = graph.Output("y", graph.Add("Mul", [x, graph.Constant("k", [1e-10f])]), OnnxElementType.Float, 3).Build();
        Assert.Contains("is 0 in float16", HalfPrecision.Convert(file).Kept.Single(kept => kept.Node == "mul").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_ArithmeticWithSizes_StaysExact()
    {
        var graph = new GraphBuilder("resize");
        string x = graph.Input("x", OnnxElementType.Float, 1, 3, 3001);
        string size = graph.Add("Cast", [graph.Add("Shape", [x])], OnnxAttribute.Of("to", 1));
        string scaled = graph.Add("Cast", [graph.Add("Mul", [size, graph.Constant("scale", [1f, 1, 2, 1])])], OnnxAttribute.Of("to", 7));
        string y = graph.Add("Resize", [x, "", "", scaled], OnnxAttribute.Of("mode", "nearest"));
        OnnxFile file = graph.Output("y", graph.Add("Relu", [y]), OnnxElementType.Float, 1, 6, 3001).Build();
        QuantizedModel half = HalfPrecision.Convert(file);
        Assert.Equal(["cast", "mul"], half.Kept.Select(kept => kept.Node));
        AssertClose(file, half.File, ExampleInputs.Of(file).Inputs, 0.01);
        var scales = new GraphBuilder("scales");
        string z = scales.Add("Resize", [scales.Input("x", OnnxElementType.Float, 1, 3, 3), "", scales.Constant("s", [1f, 1, 1.5f, 2])], OnnxAttribute.Of("mode", "linear"));
        OnnxFile other = scales.Output("y", z, OnnxElementType.Float, 1, 4, 6).Build();
        AssertClose(other, HalfPrecision.Convert(other).File, ExampleInputs.Of(other).Inputs, 0.01);
    }

    [Fact]
    public void Convert_TypesThatAreNamed_Follow()
    {
        var graph = new GraphBuilder("named");
        string x = graph.Input("x", OnnxElementType.Int64, 3);
        string filled = graph.Add("ConstantOfShape", [graph.Add("Shape", [x])], OnnxAttribute.Of("value", OnnxTensor.Of("value", [0.5f], 1)));
        string y = graph.Add("Add", [graph.Add("Cast", [x], OnnxAttribute.Of("to", 1)), filled]);
        OnnxFile file = graph.Output("y", y, OnnxElementType.Float, 3).Build();
        QuantizedModel half = HalfPrecision.Convert(file);
        Assert.Empty(half.Kept);
        AssertClose(file, half.File, new Dictionary<string, OnnxTensor> { ["x"] = OnnxTensor.Of("x", [1L, 2, 3], 1, 3) }, 0);
    }

    [Fact]
    public void Convert_Exclusions_AreKeptAndCheckedForExistence()
    {
        OnnxFile file = Models.Load("cnn");
        string first = file.Graph.NodesOf("Conv")[0].Name;
        QuantizedModel half = HalfPrecision.Convert(file, new HalfPrecisionOptions { ExcludedNodes = [first], ExcludedOperators = ["Gemm"] });
        Assert.Equal(["Conv", "Gemm"], half.Kept.Select(kept => kept.Operation));
        AssertClose(file, half.File, Models.Sample("cnn").Inputs, 0.02);
        Assert.Contains("'nobody'", Assert.Throws<ArgumentException>(() => HalfPrecision.Convert(file, new HalfPrecisionOptions { ExcludedNodes = ["nobody"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_NestedGraph_StaysFloat32()
    {
        QuantizedModel half = HalfPrecision.Convert(Models.Load("control-flow"));
        Assert.Contains(half.Kept, kept => kept.Operation == "If" && kept.Reason.Contains("graphs of its own", StringComparison.Ordinal));
        Assert.NotEmpty(half.Quantized); // the layer outside
    }

    private static void AssertClose(OnnxFile expected, OnnxFile actual, IReadOnlyDictionary<string, OnnxTensor> inputs, double share)
    {
        using var one = OnnxModel.Open(expected);
        using var other = OnnxModel.Open(actual);
        IReadOnlyDictionary<string, OnnxTensor> want = one.Run(inputs);
        IReadOnlyDictionary<string, OnnxTensor> have = other.Run(inputs);
        foreach ((string name, OnnxTensor tensor) in want)
        {
            Assert.Equal(tensor.DataType, have[name].DataType);
            Assert.Equal(tensor.Dims, have[name].Dims);
            double[] a = tensor.ToDoubles();
            double tolerance = share * a.Max(Math.Abs);
            Assert.All(a.Zip(have[name].ToDoubles()), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
        }
    }
}
