using MlOps.Learning.Neural;
using MlOps.Onnx;

namespace MlOps.Explain.Images;

/// <summary>Where in an ONNX graph pictures go in, feature maps lie and scores come out, and their values for pictures.</summary>
internal static class OnnxMaps
{
    internal static string Input(OnnxGraph graph) => graph.FedInputs() is [var input]
        ? input.Name
        : throw new ArgumentException($"Pictures need a model with one input; this one takes {string.Join(", ", graph.FedInputs().Select(value => $"{value.Name}: {value.Describe()}"))}.", nameof(graph));

    /// <summary>What the last convolution makes.</summary>
    internal static string LastConvolution(OnnxGraph graph) => graph.NodesOf("Conv") is [.., var last]
        ? last.Output[0]
        : throw new ArgumentException("The graph has no convolution, so there are no feature maps to look at. Occlusion and LimeImage need none.", nameof(graph));

    /// <summary>The output that has a number a class.</summary>
    internal static string Output(OnnxGraph graph) =>
        graph.Output.Select(value => value.Name).FirstOrDefault(name => name is "probabilities" or "scores" or "prediction")
            ?? (graph.Output.Count == 1 ? graph.Output[0].Name : throw new ArgumentException($"Which value holds the scores? The outputs are {string.Join(", ", graph.Output.Select(value => value.Name))}; give its name.", nameof(graph)));

    /// <summary>What goes into the softmax or sigmoid at the end, or comes out where there is none.</summary>
    internal static string Scores(OnnxGraph graph)
    {
        string output = Output(graph);
        while (graph.Producer(output) is { OpType: "Softmax" or "Sigmoid" or "LogSoftmax" or "Identity" } last)
        {
            output = last.Input[0];
        }

        return output;
    }

    /// <summary>Runs a copy of the model that shows the given values.</summary>
    internal static IReadOnlyDictionary<string, OnnxTensor> Run(OnnxFile file, string input, Tensor images, params string[] values)
    {
        if (file.Graph.Value(input)?.Dims is { } dims && (dims.Count != 4 || dims.Skip(1).Zip(images.Shape.ToDimensions()).Any(pair => pair.First >= 0 && pair.First != pair.Second)))
        {
            throw new ArgumentException($"The model reads {file.Graph.Value(input)!.Describe()}; the pictures have {images.Shape}.", nameof(images));
        }

        OnnxFile open = file.Clone();
        foreach (string value in values)
        {
            open.Graph.Expose(value);
        }

        using OnnxModel model = OnnxModel.Open(open);
        return OnnxPictures.Run(model, images, [.. values.Distinct()]);
    }

    internal static Tensor Tensor(OnnxTensor maps, string name) => maps.Dims is [var n, var channels, var height, var width]
        ? new Tensor((int)n, TensorShape.Image((int)channels, (int)height, (int)width), maps.ToFloats())
        : throw new ArgumentException($"'{name}' is no feature map: it has the shape {string.Join(" × ", maps.Dims)}, and N × channels × height × width is needed.", nameof(name));
}
