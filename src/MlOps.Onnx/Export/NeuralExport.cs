using MlOps.Learning;
using MlOps.Learning.Neural;

namespace MlOps.Onnx.Export;

/// <summary>Export of neural networks: a node a layer. Dropout has no node, for it does nothing at prediction.</summary>
internal static class NeuralExport
{
    /// <summary>Adds the nodes of a model that reads x, float, N × d; null if the model is of another family.</summary>
    internal static ModelOutput? TryWrite(GraphBuilder graph, string x, IModel model) => model switch
    {
        MlpClassifierModel mlp => new ModelOutput.Classes(Activate(graph, Write(graph, Standardized(graph, x, mlp.Means, mlp.Scales), mlp.Network), mlp.Network), true),
        MlpRegressorModel mlp => new ModelOutput.Numbers(Rescaled(graph, Write(graph, Standardized(graph, x, mlp.Means, mlp.Scales), mlp.Network), mlp)),
        _ => null,
    };

    /// <summary>Turns a network into a model of its own.</summary>
    internal static OnnxFile Export(Network network, IReadOnlyList<string>? classNames)
    {
        var graph = new GraphBuilder("network");
        string x = graph.Input("x", OnnxElementType.Float, Dimensions(network.InputShape));
        string outputs = Activate(graph, Write(graph, x, network), network);
        bool probabilities = network.OutputActivation != OutputActivation.None || network.Layers[^1].Layer is Softmax or Sigmoid;
        long[] shape = Dimensions(network.OutputShape);
        if (classNames is null)
        {
            return graph.Output(probabilities ? "probabilities" : "prediction", outputs, OnnxElementType.Float, shape).Build();
        }

        if (probabilities && classNames.Count == 2 && network.OutputShape.Size == 1)
        {
            string other = graph.Add("Sub", [graph.Constant("one", [1f]), outputs]);
            outputs = graph.Add("Concat", [other, outputs], OnnxAttribute.Of("axis", 1));
            shape = [2];
        }

        if (shape.Length != 1 || shape[0] != classNames.Count)
        {
            throw new ArgumentException($"The network has outputs of {network.OutputShape}; that does not fit {classNames.Count} class names.", nameof(classNames));
        }

        string code = graph.Add("ArgMax", [outputs], OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("keepdims", 0));
        string label = graph.Add("Gather", [graph.Constant("classes", classNames), code]);
        return graph.Output("label", label, OnnxElementType.String)
            .Output(probabilities ? "probabilities" : "scores", outputs, OnnxElementType.Float, shape)
            .Build();
    }

    private static string Write(GraphBuilder graph, string x, Network network) => network.Layers.Aggregate(x, (value, layer) => Write(graph, value, layer));

    private static string Write(GraphBuilder graph, string x, NetworkLayer layer) => layer.Layer switch
    {
        Dense { Bias: true } => graph.Add("Gemm", [x, .. Parameters(graph, layer)]),
        Dense => graph.Add("MatMul", [x, .. Parameters(graph, layer)]),
        Conv2D conv => graph.Add("Conv", [x, .. Parameters(graph, layer)], Square("kernel_shape", conv.KernelSize), Square("strides", conv.Stride), OnnxAttribute.Of("pads", Enumerable.Repeat((long)conv.Padding, 4))),
        MaxPool pool => graph.Add("MaxPool", [x], Square("kernel_shape", pool.Size), Square("strides", pool.Stride)),
        AveragePool pool => graph.Add("AveragePool", [x], Square("kernel_shape", pool.Size), Square("strides", pool.Stride)),
        GlobalAveragePool => graph.Add("Flatten", [graph.Add("GlobalAveragePool", [x])]),
        BatchNorm norm => graph.Add("BatchNormalization", [x, .. Parameters(graph, layer)], OnnxAttribute.Of("epsilon", (float)norm.Epsilon)),
        Flatten => layer.Input.IsImage ? graph.Add("Flatten", [x]) : x,
        Dropout => x,
        ReLU => graph.Add("Relu", [x]),
        LeakyReLU leaky => graph.Add("LeakyRelu", [x], OnnxAttribute.Of("alpha", (float)leaky.Slope)),
        Sigmoid => graph.Add("Sigmoid", [x]),
        Tanh => graph.Add("Tanh", [x]),
        Gelu => WriteGelu(graph, x),
        Softmax => graph.Add("Softmax", [x], OnnxAttribute.Of("axis", 1)),
        Layer other => throw new ArgumentException($"There is no ONNX export for the layer {other.GetType().Name}.", nameof(layer)),
    };

    /// <summary>x · (1 + erf(x / √2)) / 2: opset 17 has no node for it.</summary>
    private static string WriteGelu(GraphBuilder graph, string x)
    {
        string erf = graph.Add("Erf", [graph.Add("Mul", [x, graph.Constant("gelu_scale", [(float)Math.Sqrt(0.5)])])]);
        string twice = graph.Add("Add", [erf, graph.Constant("gelu_one", [1f])]);
        return graph.Add("Mul", [graph.Add("Mul", [x, twice]), graph.Constant("gelu_half", [0.5f])]);
    }

    private static string Activate(GraphBuilder graph, string outputs, Network network) => network.OutputActivation switch
    {
        OutputActivation.Softmax => graph.Add("Softmax", [outputs], OnnxAttribute.Of("axis", 1)),
        OutputActivation.Sigmoid => graph.Add("Sigmoid", [outputs]),
        _ => outputs,
    };

    /// <summary>(x − mean) / scale in double precision, for a mean may be much larger than a scale.</summary>
    private static string Standardized(GraphBuilder graph, string x, IReadOnlyList<double> means, IReadOnlyList<double> scales)
    {
        string wide = graph.Add("Cast", [x], OnnxAttribute.Of("to", (long)OnnxElementType.Double));
        string centred = graph.Add("Sub", [wide, graph.Constant("means", [.. means])]);
        string scaled = graph.Add("Div", [centred, graph.Constant("scales", [.. scales])]);
        return graph.Add("Cast", [scaled], OnnxAttribute.Of("to", (long)OnnxElementType.Float));
    }

    private static string Rescaled(GraphBuilder graph, string outputs, MlpRegressorModel model)
    {
        string wide = graph.Add("Cast", [outputs], OnnxAttribute.Of("to", (long)OnnxElementType.Double));
        string scaled = graph.Add("Mul", [wide, graph.Constant("target_scale", [model.TargetScale])]);
        string shifted = graph.Add("Add", [scaled, graph.Constant("target_mean", [model.TargetMean])]);
        return graph.Add("Cast", [shifted], OnnxAttribute.Of("to", (long)OnnxElementType.Float));
    }

    private static string[] Parameters(GraphBuilder graph, NetworkLayer layer) =>
        [.. layer.Parameters.Select(parameter => graph.Constant(parameter.Name.Replace(' ', '_'), parameter.Values.Span, [.. parameter.Shape.Select(dimension => (long)dimension)]))];

    private static OnnxAttribute Square(string name, int size) => OnnxAttribute.Of(name, [(long)size, size]);

    private static long[] Dimensions(TensorShape shape) => [.. shape.ToDimensions().Select(dimension => (long)dimension)];
}
