using MlOps.Onnx;
using MlOps.Quantization.Benchmarking;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Tests.Benchmarking;

public sealed class ComputeCountTests
{
    /// <summary>Oracle: LeNet-5 by hand. 28²·6·25 + 10²·16·6·25 + 400·120 + 120·84 + 84·10 = 416,520, the number the literature has.</summary>
    [Fact]
    public void Of_LeNet5_IsTheKnownNumber()
    {
        var graph = new GraphBuilder("lenet5");
        string x = graph.Input("x", OnnxElementType.Float, 1, 32, 32);
        x = graph.Add("MaxPool", [graph.Add("Relu", [Conv(graph, x, 6, 1, 5)])], OnnxAttribute.Of("kernel_shape", 2L, 2L), OnnxAttribute.Of("strides", 2L, 2L));
        x = graph.Add("MaxPool", [graph.Add("Relu", [Conv(graph, x, 16, 6, 5)])], OnnxAttribute.Of("kernel_shape", 2L, 2L), OnnxAttribute.Of("strides", 2L, 2L));
        x = graph.Add("Flatten", [x]);
        x = graph.Add("Gemm", [x, Weights(graph, 400, 120), Weights(graph, 120)]);
        x = graph.Add("Gemm", [x, Weights(graph, 84, 120), Weights(graph, 84)], OnnxAttribute.Of("transB", 1L));
        x = graph.Add("Add", [graph.Add("MatMul", [x, Weights(graph, 84, 10)]), Weights(graph, 10)]);
        OnnxFile file = graph.Output("y", x, OnnxElementType.Float, 10).Build();

        ComputeCount count = Count(file);

        Assert.Equal(416_520, count.Macs);
        Assert.Equal(357_600, count.ByOperator["Conv"]);
        Assert.Equal(["Conv", "Gemm", "MatMul"], count.ByOperator.Keys);
        Assert.Empty(count.NotCounted);
        Assert.Equal(3 * 416_520, Count(file, 3).Macs);
    }

    /// <summary>Oracle: by hand. The first block of ResNet-18's second stage at 56²: 28²·128·64·9 + 28²·128·128·9 + 28²·128·64 (the short cut) = 179,830,784.</summary>
    [Fact]
    public void Of_ResNetBlock_CountsStrideAndShortCut()
    {
        var graph = new GraphBuilder("block");
        string x = graph.Input("x", OnnxElementType.Float, 64, 56, 56);
        string a = graph.Add("Relu", [Conv(graph, x, 128, 64, 3, OnnxAttribute.Of("strides", 2L, 2L), OnnxAttribute.Of("pads", 1L, 1L, 1L, 1L))]);
        string b = Conv(graph, a, 128, 128, 3, OnnxAttribute.Of("pads", 1L, 1L, 1L, 1L));
        string s = Conv(graph, x, 128, 64, 1, OnnxAttribute.Of("strides", 2L, 2L));
        OnnxFile file = graph.Output("y", graph.Add("Relu", [graph.Add("Add", [b, s])]), OnnxElementType.Float, 128, 28, 28).Build();

        Assert.Equal(179_830_784, Count(file).Macs);
    }

    /// <summary>Oracle: the formulas of the documentation, by hand.</summary>
    [Fact]
    public void Of_EachOperator_FollowsItsFormula()
    {
        var dims = new Dictionary<string, long[]>
        {
            ["x"] = [2, 8, 10, 10], ["dw"] = [8, 1, 3, 3], ["g2"] = [16, 4, 3, 3], ["y"] = [2, 8, 8, 8], ["y16"] = [2, 16, 8, 8], ["t"] = [8, 4, 2, 2], ["yt"] = [2, 4, 20, 20],
            ["a"] = [2, 3, 5, 7], ["b"] = [7, 4], ["ab"] = [2, 3, 5, 4], ["at"] = [7, 5], ["yg"] = [5, 4],
            ["s"] = [6, 2, 3], ["w"] = [1, 16, 3], ["r"] = [1, 16, 4], ["ys"] = [6, 1, 2, 4], ["m"] = [9, 5], ["one"] = [],
        };
        long Of(string operation, string[] inputs, string output, params OnnxAttribute[] attributes)
        {
            var node = new OnnxNode { OpType = operation };
            node.Input.AddRange(inputs);
            node.Output.Add(output);
            node.Attribute.AddRange(attributes);
            return ComputeCount.Of(node, name => dims.GetValueOrDefault(name));
        }

        Assert.Equal(2 * 8 * 64 * 9, Of("Conv", ["x", "dw"], "y", OnnxAttribute.Of("group", 8L))); // depthwise
        Assert.Equal(2 * 16 * 64 * 4 * 9, Of("Conv", ["x", "g2"], "y16", OnnxAttribute.Of("group", 2L)));
        Assert.Equal(2 * 16 * 64 * 4 * 9, Of("ConvInteger", ["x", "g2"], "y16"));
        Assert.Equal(2 * 16 * 64 * 4 * 9, Of("QLinearConv", ["x", "one", "one", "g2", "one", "one", "one", "one"], "y16"));
        Assert.Equal(2 * 8 * 100 * 4 * 4, Of("ConvTranspose", ["x", "t"], "yt"));
        Assert.Equal(2 * 3 * 5 * 4 * 7, Of("MatMul", ["a", "b"], "ab"));
        Assert.Equal(2 * 3 * 5 * 4 * 7, Of("MatMulInteger", ["a", "b"], "ab"));
        Assert.Equal(2 * 3 * 5 * 4 * 7, Of("QLinearMatMul", ["a", "one", "one", "b", "one", "one", "one", "one"], "ab"));
        Assert.Equal(2 * 3 * 5 * 4 * 7, Of("MatMulNBits", ["a", "packed", "one"], "ab", OnnxAttribute.Of("K", 7L), OnnxAttribute.Of("N", 4L)));
        Assert.Equal(5 * 4 * 7, Of("Gemm", ["at", "b"], "yg", OnnxAttribute.Of("transA", 1L)));
        Assert.Equal(6 * 2 * ((16 * 3) + (16 * 4)), Of("LSTM", ["s", "w", "r"], "ys"));
        Assert.Equal(9 * 15, Of("LinearClassifier", ["m"], "yl", OnnxAttribute.Of("coefficients", Enumerable.Repeat(1f, 15))));
        Assert.Equal(0, Of("Relu", ["x"], "y"));
        Assert.Contains("'nowhere'", Assert.Throws<OnnxException>(() => Of("MatMul", ["a", "b"], "nowhere")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ControlFlow_IsNamedAsNotCounted() => Assert.Contains("If", Count(Models.Load("control-flow")).NotCounted);

    /// <summary>Oracle: fc layers of make.py, 20 → 64 → 32 → 4.</summary>
    [Fact]
    public void Of_TorchMlp_IsTheSumOfItsLayers() => Assert.Equal((20 * 64) + (64 * 32) + (32 * 4), Count(Models.Load("mlp")).Macs);

    /// <summary>Oracle: the float model. Fewer bits change the kind of the operations, not their number.</summary>
    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public void Of_QuantizedModel_IsThatOfTheFloatModel(string name)
    {
        OnnxFile file = Models.Load(name);
        long macs = Count(file).Macs;

        Assert.Equal(macs, Count(StaticQuantization.Quantize(file, Models.Data(name, 40, 3)).File).Macs);
        Assert.Equal(macs, Count(DynamicQuantization.Quantize(file).File).Macs);
    }

    internal static ComputeCount Count(OnnxFile file, int rows = 1)
    {
        var shapes = ValueShapes.Of(file, rows);
        return ComputeCount.Of(file.Graph, name => shapes[name]?.Dims);
    }

    internal static string Conv(GraphBuilder graph, string x, int outputs, int inputs, int kernel, params OnnxAttribute[] attributes) =>
        graph.Add("Conv", [x, Weights(graph, outputs, inputs, kernel, kernel)], attributes);

    internal static string Weights(GraphBuilder graph, params long[] dims) =>
        graph.Constant("w", Enumerable.Range(0, (int)dims.Aggregate(1L, (a, b) => a * b)).Select(i => ((i * 7 % 13) - 6) / 60f).ToArray(), dims);
}
