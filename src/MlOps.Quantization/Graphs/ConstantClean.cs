using Google.Protobuf;
using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Constants into one place, once, and those that nobody reads out.</summary>
internal static class ConstantClean
{
    private const int ShareFrom = 4096; // bytes: below it a shared constant saves nothing and ties layers together

    internal static IReadOnlyList<string> Inputs(OnnxGraph graph)
    {
        HashSet<string> constants = [.. graph.Initializer.Select(tensor => tensor.Name)];
        OnnxValue[] both = [.. graph.Input.Where(input => constants.Contains(input.Name))];
        foreach (OnnxValue input in both)
        {
            graph.Input.Remove(input);
        }

        return both.Length == 0 ? [] : [FormattableString.Invariant($"{both.Length} constants that were listed as inputs too are constants only.")];
    }

    internal static IReadOnlyList<string> Nodes(OnnxGraph graph)
    {
        HashSet<string> outputs = [.. graph.Output.Select(output => output.Name)];
        int moved = 0;
        foreach (OnnxNode node in graph.Node.Where(node => node.OpType == "Constant" && node.Domain is "" or "ai.onnx").ToArray())
        {
            if (!outputs.Contains(node.Output[0]) && Value(node) is { } value)
            {
                value.Name = node.Output[0];
                graph.Initializer.Add(value);
                graph.Node.Remove(node);
                moved++;
            }
        }

        return moved == 0 ? [] : [FormattableString.Invariant($"{moved} Constant nodes became initializers.")];
    }

    internal static IReadOnlyList<string> Duplicates(OnnxGraph graph)
    {
        var index = new GraphIndex(graph);
        var first = new Dictionary<(OnnxElementType, string, ByteString), OnnxTensor>();
        var same = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (OnnxTensor tensor in graph.Initializer.Where(tensor => tensor.RawData.Length >= ShareFrom && index.Constant(tensor.Name) is not null && !index.IsHeld(tensor.Name)).ToArray())
        {
            (OnnxElementType, string, ByteString) key = (tensor.DataType, string.Join(',', tensor.Dims), tensor.RawData);
            if (!first.TryAdd(key, tensor))
            {
                same.Add(tensor.Name, first[key].Name);
                graph.Initializer.Remove(tensor);
            }
        }

        foreach (OnnxNode node in same.Count == 0 ? [] : graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = same.GetValueOrDefault(node.Input[i], node.Input[i]);
            }
        }

        return [.. same.Select(pair => $"Constant '{pair.Key}' holds the same as '{pair.Value}', which is read in its place.")];
    }

    internal static IReadOnlyList<string> Unused(OnnxGraph graph)
    {
        int removed = graph.RemoveUnused();
        return removed == 0 ? [] : [FormattableString.Invariant($"{removed} nodes and constants that no output depends on were taken out.")];
    }

    private static OnnxTensor? Value(OnnxNode node) => node.Attribute.FirstOrDefault() switch
    {
        { Name: "value" } value => value.T.Clone(),
        { Name: "value_float" } value => OnnxTensor.Of("", [value.F]),
        { Name: "value_floats" } value => OnnxTensor.Of("", [.. value.Floats], value.Floats.Count),
        { Name: "value_int" } value => OnnxTensor.Of("", [value.I]),
        { Name: "value_ints" } value => OnnxTensor.Of("", [.. value.Ints], value.Ints.Count),
        { Name: "value_string" } value => OnnxTensor.Of("", [value.S.ToStringUtf8()]),
        { Name: "value_strings" } value => OnnxTensor.Of("", [.. value.Strings.Select(text => text.ToStringUtf8())], value.Strings.Count),
        _ => null, // a sparse value stays a node
    };
}
