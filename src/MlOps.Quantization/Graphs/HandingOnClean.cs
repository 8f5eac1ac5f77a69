using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Takes nodes out that hand on what they read.</summary>
internal static class HandingOnClean
{
    internal static IReadOnlyList<string> Apply(OnnxGraph graph, KnownShapes shapes)
    {
        var changes = new List<string>();
        foreach (OnnxNode node in graph.Node.ToArray())
        {
            if (node.Domain is "" or "ai.onnx" && HandsOn(graph, node, shapes) && CanGo(graph, node))
            {
                graph.Remove(node);
                changes.Add($"{node.Title} hands on what it reads; it was taken out.");
            }
        }

        return changes;
    }

    private static bool HandsOn(OnnxGraph graph, OnnxNode node, KnownShapes shapes) => node.OpType switch
    {
        "Identity" => true,
        "Concat" or "Sum" or "Mean" or "Max" or "Min" => node.Input.Count == 1,
        "Cast" => Type(graph, node.Input[0], shapes) is var type && type != OnnxElementType.Undefined && (long)type == node.GetInt("to"),
        "Dropout" => !node.Output.Skip(1).Any(mask => mask.Length > 0) && (node.Input.Count < 3 || node.Input[2].Length == 0 || graph.Constant(node.Input[2])?.ToLongs() is [0]),
        "Pad" => Pads(graph, node) is { } pads && pads.All(pad => pad == 0), // PyTorch writes one in front of every AveragePool
        _ => false,
    };

    private static IReadOnlyList<long>? Pads(OnnxGraph graph, OnnxNode node) => node.Input.Count > 1 ? graph.Constant(node.Input[1])?.ToLongs() : node.Has("pads") ? node.GetInts("pads") : null;

    // The file is sure of the types of inputs and constants; for the others the model has to be run.
    private static OnnxElementType Type(OnnxGraph graph, string value, KnownShapes shapes) =>
        graph.Constant(value)?.DataType ?? graph.Input.FirstOrDefault(input => input.Name == value)?.ElementType ?? shapes.Type(value);

    /// <summary>A value that is an output needs a node of its own if what it copies has a name that must stay as well.</summary>
    private static bool CanGo(OnnxGraph graph, OnnxNode node) =>
        graph.Output.All(output => output.Name != node.Output[0]) || (graph.Producer(node.Input[0]) is not null && graph.Output.All(output => output.Name != node.Input[0]));
}
