using MlOps.Onnx;
using MlOps.Quantization.Benchmarking;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Tests.Benchmarking;

public sealed class MemoryEstimateTests
{
    /// <summary>Oracle: by hand, 4 bytes a number. While the first product is made x (10) and h (100) live; at the second h, y (30) and x, which the caller holds; y and its copy in the end.</summary>
    [Fact]
    public void Of_TwoLayers_IsTheLargestMoment()
    {
        var graph = new GraphBuilder("two");
        string x = graph.Input("x", OnnxElementType.Float, 10);
        string h = graph.Add("Relu", [graph.Add("MatMul", [x, ComputeCountTests.Weights(graph, 10, 100)])]); // in place
        OnnxFile file = graph.Output("y", graph.Add("MatMul", [h, ComputeCountTests.Weights(graph, 100, 30)]), OnnxElementType.Float, 30).Build();

        var estimate = MemoryEstimate.Of(file, ValueShapes.Of(file));

        Assert.Equal(4 * ((10 * 100) + (100 * 30)), estimate.WeightBytes);
        Assert.Equal(4 * (10 + 100 + 30), estimate.ActivationBytes);
        Assert.Equal(estimate.WeightBytes + estimate.ActivationBytes, estimate.Bytes);
    }

    /// <summary>Oracle: by hand. The branch keeps h (100) alive until the sum, so that h, its product p (100) and x (10) live together; then their sum s (100) with p and h.</summary>
    [Fact]
    public void Of_ShortCut_KeepsItsValueAlive()
    {
        var graph = new GraphBuilder("residual");
        string x = graph.Input("x", OnnxElementType.Float, 10);
        string h = graph.Add("MatMul", [x, ComputeCountTests.Weights(graph, 10, 100)]);
        string p = graph.Add("MatMul", [h, ComputeCountTests.Weights(graph, 100, 100)]);
        string s = graph.Add("Add", [h, p]);
        OnnxFile file = graph.Output("y", graph.Add("MatMul", [s, ComputeCountTests.Weights(graph, 100, 1)]), OnnxElementType.Float, 1).Build();

        Assert.Equal(4 * (10 + 300), MemoryEstimate.Of(file, ValueShapes.Of(file)).ActivationBytes);
    }

    /// <summary>Oracle: by hand. The kernels read and write 1-byte integers: x 10 floats and their codes, then the codes of h; the weights are stored as bytes.</summary>
    [Fact]
    public void Of_QuantizedLayer_CountsIntegers()
    {
        var graph = new GraphBuilder("qdq");
        string x = graph.Input("x", OnnxElementType.Float, 10);
        string scale = graph.Constant("scale", [0.1f], []);
        string Codes(string value) => graph.Add("DequantizeLinear", [graph.Add("QuantizeLinear", [value, scale]), scale]);
        OnnxFile file = graph.Output("y", Codes(graph.Add("Relu", [graph.Add("MatMul", [Codes(x), "w"])])), OnnxElementType.Float, 1000).Build();
        var node = new OnnxNode { OpType = "DequantizeLinear", Name = "weights" };
        node.Input.AddRange(["codes", scale]);
        node.Output.Add("w");
        file.Graph.Node.Insert(0, node);
        file.Graph.Initializer.Add(OnnxTensor.OfBytes("codes", OnnxElementType.Int8, new byte[10 * 1000], [10, 1000]));

        var estimate = MemoryEstimate.Of(file, ValueShapes.Of(file));

        Assert.Equal((10 * 1000) + 4, estimate.WeightBytes);
        Assert.Equal((4 * 10) + 1000 + 10, estimate.ActivationBytes); // x, its codes, the codes of h, which the output shows
    }

    /// <summary>Oracle: the definition. A byte a number instead of four, for weights and for values in between.</summary>
    [Fact]
    public void Of_StaticallyQuantizedCnn_IsAboutAQuarter()
    {
        OnnxFile file = Models.Load("cnn");
        OnnxFile small = StaticQuantization.Quantize(file, Models.Data("cnn", 40, 3)).File;

        var before = MemoryEstimate.Of(file, ValueShapes.Of(file));
        var after = MemoryEstimate.Of(small, ValueShapes.Of(small));

        Assert.InRange((double)after.WeightBytes / before.WeightBytes, 0.25, 0.35); // scales, zero points and 32-bit biases come on top
        Assert.InRange((double)after.ActivationBytes / before.ActivationBytes, 0.2, 0.5); // the input stays float
    }
}
