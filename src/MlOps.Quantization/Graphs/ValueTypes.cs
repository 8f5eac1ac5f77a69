using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Type and shape of every value of a graph, as ONNX Runtime infers them when it loads the model; nothing is run.</summary>
internal static class ValueTypes
{
    /// <summary>Values by name. Constants and values in nested graphs are not there; a value that is no tensor has an undefined type.</summary>
    internal static IReadOnlyDictionary<string, OnnxValue> Of(OnnxFile file)
    {
        OnnxFile shown = file.Clone();
        HashSet<string> known = [.. shown.Graph.Output.Select(output => output.Name)];
        shown.Graph.Output.AddRange(shown.Graph.Node.SelectMany(node => node.Output).Where(value => value.Length > 0 && known.Add(value)).Select(value => new OnnxValue { Name = value }));
        using var model = OnnxModel.Open(shown);
        return model.Outputs.Concat(model.Inputs).DistinctBy(value => value.Name).ToDictionary(value => value.Name, StringComparer.Ordinal);
    }
}
