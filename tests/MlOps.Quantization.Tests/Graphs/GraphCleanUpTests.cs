using MlOps.Onnx;
using MlOps.Quantization.Graphs;
using MlOps.Quantization.Tests.Int8;

namespace MlOps.Quantization.Tests.Graphs;

/// <summary>Oracle: ONNX Runtime's outputs before and after, and which operators must be gone, by hand.</summary>
public class GraphCleanUpTests
{
    private const double Rounding = 1e-5;

    [Theory]
    [MemberData(nameof(Models.All), MemberType = typeof(Models))]
    public void Run_EveryFile_AnswersAlike(string name)
    {
        OnnxFile file = Models.Load(name);
        byte[] before = Google.Protobuf.MessageExtensions.ToByteArray(file);
        CleanedModel clean = GraphCleanUp.Run(file);
        Assert.Equal(before, Google.Protobuf.MessageExtensions.ToByteArray(file));
        OutputsOf.AssertEqual(file, clean.File, Models.Sample(name).Inputs, Rounding);
        Assert.DoesNotContain(clean.File.Graph.Node, node => node.OpType is "Constant" or "Identity" or "BatchNormalization" or "Dropout");
        Assert.True(clean.File.Graph.Node.Count <= file.Graph.Node.Count);
        Assert.Empty(GraphCleanUp.Run(clean.File).Changes); // nothing is left
    }

    [Theory]
    [MemberData(nameof(Models.All), MemberType = typeof(Models))]
    public void Run_EachStepAlone_AnswersAlike(string name)
    {
        OnnxFile file = Models.Load(name);
        foreach (CleanUpStep step in Enum.GetValues<CleanUpStep>())
        {
            OutputsOf.AssertEqual(file, GraphCleanUp.Run(file, null, step).File, Models.Sample(name).Inputs, Rounding);
        }
    }

    [Fact]
    public void Run_Cnn_LeavesConvolutionsWithBiasOnly()
    {
        CleanedModel clean = GraphCleanUp.Run(Models.Load("cnn"));
        OnnxGraph graph = clean.File.Graph;
        Assert.Equal(["Conv", "Relu", "MaxPool", "Conv", "Relu", "Conv", "Add", "Relu", "AveragePool", "GlobalAveragePool", "Flatten", "Gemm"], graph.Node.Select(node => node.OpType));
        Assert.All(graph.NodesOf("Conv"), conv => Assert.Equal(3, conv.Input.Count));
        Assert.Equal(Models.Load("cnn").Graph.NodesOf("Conv").Select(conv => conv.Name), graph.NodesOf("Conv").Select(conv => conv.Name));
        Assert.Equal(3, clean.Changes.Count(change => change.StartsWith("BatchNormalization", StringComparison.Ordinal)));
    }

    [Fact]
    public void Run_ScikitMlp_LayersBecomeGemm()
    {
        OnnxGraph graph = GraphCleanUp.Run(Models.Load("sklearn-mlp")).File.Graph;
        Assert.Equal(["Gemm", "Relu", "Gemm", "Softmax", "ArgMax", "ArrayFeatureExtractor", "Reshape"], graph.Node.Select(node => node.OpType));
    }

    [Theory]
    [InlineData("transformer")]
    [InlineData("transformer-17")]
    public void Run_Gelu_KeepsItsHalfSoThatOnnxRuntimeMergesIt(string name)
    {
        CleanedModel clean = GraphCleanUp.Run(Models.Load(name));
        Assert.Equal(Gelus(Models.Load(name)), Gelus(clean.File));
        Assert.NotEqual(0, Gelus(clean.File));

        static int Gelus(OnnxFile file) => OptimizedGraph.Of(file).Node.Count(node => node.OpType is "Gelu" or "BiasGelu");
    }

    [Theory]
    [InlineData("Conv", "BatchNormalization", 1, true)]
    [InlineData("Conv", "BatchNormalization", 2, true)]
    [InlineData("ConvTranspose", "BatchNormalization", 1, true)]
    [InlineData("ConvTranspose", "BatchNormalization", 2, true)]
    [InlineData("Conv", "Mul", 2, true)]
    [InlineData("Conv", "Div", 1, true)]
    [InlineData("Conv", "Add", 1, true)]
    [InlineData("Conv", "Sub", 1, true)]
    [InlineData("Conv", "SubFrom", 2, true)]
    [InlineData("Conv", "DivOf", 1, false)]
    [InlineData("ConvTranspose", "Add", 2, true)]
    public void Run_LayerThenArithmetic_IsOneNode(string layer, string next, int groups, bool folds)
    {
        OnnxFile file = Convolution(layer, groups, pad: 1, (graph, value) => Arithmetic(graph, next, value, 4));
        OnnxFile clean = GraphCleanUp.Run(file).File;
        OutputsOf.AssertEqual(file, clean, ExampleInputs.Of(file, 2).Inputs, Rounding);
        Assert.Equal(folds ? 0 : 1, clean.Graph.Node.Count(node => node.OpType is "BatchNormalization" or "Mul" or "Div" or "Add" or "Sub"));
    }

    [Theory]
    [InlineData("Conv", "BatchNormalization", 1, 0, true)]
    [InlineData("Conv", "BatchNormalization", 2, 0, true)]
    [InlineData("Conv", "BatchNormalization", 1, 1, false)] // a padded border is 0 behind the normalization, not before it
    [InlineData("Conv", "Mul", 2, 1, true)]
    [InlineData("ConvTranspose", "Mul", 2, 1, true)]
    [InlineData("ConvTranspose", "Add", 1, 0, false)]
    public void Run_ArithmeticThenLayer_IsOneNodeWhereItIsExact(string layer, string before, int groups, int pad, bool folds)
    {
        OnnxFile file = Convolution(layer, groups, pad, (_, value) => value, (graph, value) => Arithmetic(graph, before, value, 4));
        OnnxFile clean = GraphCleanUp.Run(file).File;
        OutputsOf.AssertEqual(file, clean, ExampleInputs.Of(file, 2).Inputs, Rounding);
        Assert.Equal(folds ? 0 : 1, clean.Graph.Node.Count(node => node.OpType is "BatchNormalization" or "Mul" or "Add"));
    }

    [Theory]
    [InlineData(2, 0.5f, 2f, "BatchNormalization")]
    [InlineData(2, 0.5f, 2f, "Add")]
    [InlineData(2, 1f, 0f, "Mul")]
    public void Run_GemmWithFactors_IsExact(int transposed, float alpha, float beta, string next)
    {
        var graph = new GraphBuilder("gemm");
        string x = graph.Input("x", OnnxElementType.Float, 3);
        string w = graph.Constant("w", Numbers(12, 1), transposed == 2 ? [4, 3] : [3, 4]);
        string y = graph.Add("Gemm", [Arithmetic(graph, "BatchNormalization", x, 3, flat: true), w, graph.Constant("c", Numbers(4, 2), 1, 4)], OnnxAttribute.Of("alpha", alpha), OnnxAttribute.Of("beta", beta), OnnxAttribute.Of("transB", transposed == 2 ? 1 : 0));
        OnnxFile file = graph.Output("y", Arithmetic(graph, next, y, 4, flat: true), OnnxElementType.Float, 4).Build();
        OnnxFile clean = GraphCleanUp.Run(file).File;
        OutputsOf.AssertEqual(file, clean, ExampleInputs.Of(file, 5).Inputs, Rounding);
        Assert.Equal(["Gemm"], clean.Graph.Node.Select(node => node.OpType));
    }

    [Fact]
    public void Run_MatMulOfThreeDimensions_KeepsItsBiasApart()
    {
        var graph = new GraphBuilder("sequence");
        string x = graph.Input("x", OnnxElementType.Float, 5, 3);
        string y = graph.Add("MatMul", [x, graph.Constant("w", Numbers(12, 1), 3, 4)]);
        string scaled = graph.Add("Mul", [y, graph.Constant("s", Numbers(4, 3))]);
        OnnxFile file = graph.Output("y", graph.Add("Add", [graph.Constant("b", Numbers(4, 2)), scaled]), OnnxElementType.Float, 5, 4).Build();
        OnnxFile clean = GraphCleanUp.Run(file).File;
        OutputsOf.AssertEqual(file, clean, ExampleInputs.Of(file, 2).Inputs, Rounding);
        Assert.Equal(["MatMul", "Add"], clean.Graph.Node.Select(node => node.OpType)); // a Gemm has two dimensions; the factor fits into the weights
    }

    [Fact]
    public void Run_ValueThatIsNeededElsewhere_IsNotFolded()
    {
        OnnxFile file = Convolution("Conv", 1, 1, (graph, value) => graph.Add("Concat", [value, Arithmetic(graph, "BatchNormalization", value, 4)], OnnxAttribute.Of("axis", 1)), channelsOut: 8);
        OnnxFile clean = GraphCleanUp.Run(file).File;
        Assert.Single(clean.Graph.NodesOf("BatchNormalization"));
        OutputsOf.AssertEqual(file, clean, ExampleInputs.Of(file, 2).Inputs, 0);

        OnnxFile shown = Convolution("Conv", 1, 1, (graph, value) => Arithmetic(graph, "BatchNormalization", value, 4));
        shown.Graph.Expose("conv");
        Assert.Single(GraphCleanUp.Run(shown).File.Graph.NodesOf("BatchNormalization"));
    }

    [Fact]
    public void Run_SharedWeights_AreNotScaled()
    {
        var graph = new GraphBuilder("shared");
        string x = graph.Input("x", OnnxElementType.Float, 4);
        string w = graph.Constant("w", Numbers(16, 1), 4, 4);
        string y = graph.Add("Mul", [graph.Add("MatMul", [x, w]), graph.Constant("s", Numbers(4, 2))]);
        OnnxFile file = graph.Output("y", graph.Add("MatMul", [y, w]), OnnxElementType.Float, 4).Build();
        OnnxFile clean = GraphCleanUp.Run(file).File;
        OutputsOf.AssertEqual(file, clean, ExampleInputs.Of(file, 2).Inputs, Rounding);
        Assert.Single(clean.Graph.NodesOf("Mul"));
    }

    [Fact]
    public void Run_FactorThatNoFloatHolds_StaysApart()
    {
        var graph = new GraphBuilder("huge");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        string y = graph.Add("MatMul", [x, graph.Constant("w", [1e30f, 0, 0, 1], 2, 2)]);
        OnnxFile file = graph.Output("y", graph.Add("Mul", [y, graph.Constant("s", [1e30f])]), OnnxElementType.Float, 2).Build();
        Assert.Equal(2, GraphCleanUp.Run(file).File.Graph.Node.Count(node => node.OpType is "MatMul" or "Mul"));
    }

    [Fact]
    public void Run_ConstantPart_IsComputedOnce()
    {
        var graph = new GraphBuilder("constants");
        string x = graph.Input("x", OnnxElementType.Float, 3);
        string w = graph.Add("Transpose", [graph.Constant("w", Numbers(12, 1), 4, 3)], OnnxAttribute.Of("perm", 1, 0));
        string noise = graph.Add("RandomNormal", [], OnnxAttribute.Of("shape", [4L]), OnnxAttribute.Of("seed", 1f));
        string y = graph.Add("MatMul", [x, graph.Add("Mul", [w, graph.Add("Sqrt", [graph.Constant("four", [4f])])])]);
        OnnxFile file = graph.Output("y", graph.Add("Add", [y, graph.Add("Mul", [noise, graph.Constant("none", [0f])])]), OnnxElementType.Float, 4).Build();
        CleanedModel clean = GraphCleanUp.Run(file);
        OutputsOf.AssertEqual(file, clean.File, ExampleInputs.Of(file, 2).Inputs, Rounding);
        Assert.Equal(["RandomNormal", "Mul", "MatMul", "Add"], clean.File.Graph.Node.Select(node => node.OpType).OrderBy(name => Array.IndexOf(["RandomNormal", "Mul", "MatMul", "Add"], name)));
        Assert.Contains(clean.Changes, change => change.Contains("reads constants only", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_LargeResultOfASmallConstant_StaysComputed()
    {
        var graph = new GraphBuilder("large");
        string x = graph.Input("x", OnnxElementType.Float, 1000, 100);
        string wide = graph.Add("Expand", [graph.Constant("one", [1f]), graph.Constant("shape", [1000L, 100])]);
        OnnxFile file = graph.Output("y", graph.Add("Mul", [x, wide]), OnnxElementType.Float, 1000, 100).Build();
        Assert.Single(GraphCleanUp.Run(file).File.Graph.NodesOf("Expand"));
    }

    [Fact]
    public void Run_OldFile_ListsConstantsNoLongerAsInputs()
    {
        OnnxFile file = Models.Load("mlp");
        file.Graph.Input.AddRange(file.Graph.Initializer.Select(tensor => OnnxValue.Tensor(tensor.Name, tensor.DataType, [.. tensor.Dims])));
        CleanedModel clean = GraphCleanUp.Run(file);
        Assert.Equal(["input"], clean.File.Graph.Input.Select(input => input.Name));
        OutputsOf.AssertEqual(file, clean.File, Models.Sample("mlp").Inputs, Rounding);
    }

    [Fact]
    public void Run_EqualLargeConstants_AreKeptOnce()
    {
        var graph = new GraphBuilder("twins");
        string x = graph.Input("x", OnnxElementType.Float, 40);
        string y = graph.Add("MatMul", [graph.Add("Relu", [graph.Add("MatMul", [x, graph.Constant("a", Numbers(1600, 1), 40, 40)])]), graph.Constant("b", Numbers(1600, 1), 40, 40)]);
        OnnxFile file = graph.Output("y", y, OnnxElementType.Float, 40).Build();
        CleanedModel clean = GraphCleanUp.Run(file);
        Assert.Equal("a", Assert.Single(clean.File.Graph.Initializer).Name);
        OutputsOf.AssertEqual(file, clean.File, ExampleInputs.Of(file, 2).Inputs, 0);
    }

    [Fact]
    public void Run_CopyBetweenInputAndOutput_Stays()
    {
        var graph = new GraphBuilder("copy");
        OnnxFile file = graph.Output("y", graph.Input("x", OnnxElementType.Float, 3), OnnxElementType.Float, 3).Build();
        CleanedModel clean = GraphCleanUp.Run(file);
        Assert.Empty(clean.Changes);
        Assert.Equal("Nothing to tidy.", clean.ToString());
    }

    private static OnnxFile Convolution(string layer, int groups, int pad, Func<GraphBuilder, string, string> behind, Func<GraphBuilder, string, string>? before = null, int channelsOut = 4)
    {
        var graph = new GraphBuilder("layer");
        string x = graph.Input("x", OnnxElementType.Float, 4, 6, 5);
        string w = graph.Constant("w", Numbers(16 / groups * 9, 7), 4, 4 / groups, 3, 3);
        string y = graph.Add(layer, [before is null ? x : before(graph, x), w, graph.Constant("b", Numbers(4, 8))], OnnxAttribute.Of("group", groups), OnnxAttribute.Of("pads", pad, pad, pad, pad));
        string z = behind(graph, y);
        OnnxFile file = graph.Output("y", z, OnnxElementType.Float, channelsOut, 1, 1).Build();
        file.Graph.Output[0].Type.TensorType.Shape = null;
        return file;
    }

    private static string Arithmetic(GraphBuilder graph, string operation, string value, int channels, bool flat = false)
    {
        float[] constant = Numbers(channels, 3);
        long[] dims = flat ? [channels] : [channels, 1, 1];
        return operation switch
        {
            "BatchNormalization" => graph.Add(operation, [value, graph.Constant("scale", Numbers(channels, 4)), graph.Constant("bias", Numbers(channels, 5)), graph.Constant("mean", Numbers(channels, 6)), graph.Constant("var", Array.ConvertAll(Numbers(channels, 9), v => (v * v) + 0.1f))]),
            "SubFrom" => graph.Add("Sub", [graph.Constant("k", constant, dims), value]),
            "DivOf" => graph.Add("Div", [graph.Constant("k", constant, dims), value]),
            _ => graph.Add(operation, [value, graph.Constant("k", constant, dims)]),
        };
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)((random.NextDouble() * 2) - 1);
        }

        return values;
    }
}
