using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>The type of every value of a graph, as ONNX Runtime infers it when it loads the model; nothing is run.</summary>
internal static class ValueTypes
{
    /// <summary>Types by name; a value that is no tensor is undefined. Values in nested graphs are not there.</summary>
    internal static IReadOnlyDictionary<string, OnnxElementType> Of(OnnxFile file)
    {
        OnnxFile open = file.Clone();
        HashSet<string> shown = [.. open.Graph.Output.Select(output => output.Name)];
        open.Graph.Output.AddRange(open.Graph.Node.SelectMany(node => node.Output).Where(value => value.Length > 0 && shown.Add(value)).Select(value => new OnnxValue { Name = value }));
        using var model = OnnxModel.Open(open);
        var types = new Dictionary<string, OnnxElementType>(StringComparer.Ordinal);
        foreach (OnnxValue value in file.Graph.Input.Concat(model.Outputs))
        {
            types[value.Name] = value.ElementType;
        }

        foreach (OnnxTensor tensor in file.Graph.Initializer)
        {
            types[tensor.Name] = tensor.DataType;
        }

        return types;
    }
}
