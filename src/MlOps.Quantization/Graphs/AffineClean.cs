using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Makes normalization and arithmetic with constants part of the layer before or behind.</summary>
internal static class AffineClean
{
    internal static IReadOnlyList<string> Apply(OnnxGraph graph, KnownShapes shapes)
    {
        var changes = new List<string>();
        while (One(new GraphIndex(graph), shapes) is { } change)
        {
            changes.Add(change);
        }

        return changes;
    }

    private static string? One(GraphIndex index, KnownShapes shapes)
    {
        foreach (OnnxNode node in index.Graph.Node)
        {
            if (LinearLayer.Of(node, index, shapes) is { } layer && (Behind(layer, index) ?? Before(layer, index)) is { } change)
            {
                return change;
            }
        }

        return null;
    }

    private static string? Behind(LinearLayer layer, GraphIndex index)
    {
        string value = layer.Node.Output[0];
        if (index.OnlyReader(value) is not { } next || ChannelAffine.Read(next, value, index, layer.Channels, layer.Rank, layer.Axis) is not { } affine)
        {
            return null;
        }

        string was = layer.Node.Title;
        if (!layer.TakeOver(affine))
        {
            return null;
        }

        // The constant may be its first input, so Remove, which hands the first one on, is of no use.
        layer.Node.Output[0] = next.Output[0];
        index.Graph.Node.Remove(next);
        return $"{next.Title} became part of {was}{(was == layer.Node.Title ? "" : $", now a {layer.Node.OpType}")}.";
    }

    private static string? Before(LinearLayer layer, GraphIndex index)
    {
        string value = layer.Node.Input[0];
        if (index.OnlyReader(value) is null || index.Producer(value) is not { } previous || previous.Input.FirstOrDefault(input => index.Constant(input) is null && input.Length > 0) is not { } source
            || EndsGelu(source, index) || ChannelAffine.Read(previous, source, index, layer.InputChannels, layer.Rank, layer.Axis) is not { } affine || !layer.TakeOverInput(affine))
        {
            return null;
        }

        layer.Node.Input[0] = source;
        index.Graph.Node.Remove(previous);
        return $"{previous.Title} became part of {layer.Node.Title} behind it.";
    }

    /// <summary>Whether a value is x · (1 + erf …), or tanh: what follows is the factor ½ of a GELU, which ONNX Runtime merges as a whole. Without the factor it would compute each of its nodes.</summary>
    private static bool EndsGelu(string value, GraphIndex index) =>
        index.Producer(value) is { OpType: "Mul" } product
        && product.Input.Select(index.Producer).Any(factor => factor is { OpType: "Add" } && factor.Input.Select(index.Producer).Any(inner => inner is { OpType: "Erf" or "Tanh" }));
}
