using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Pruning;

/// <summary>Sets weights of an ONNX file to 0, as a rule says which.</summary>
internal static class ModelPruning
{
    /// <param name="file">It stays as it is.</param>
    /// <param name="method">The name of what is done.</param>
    /// <param name="options">Whose names are checked.</param>
    /// <param name="masks">Tells of each weight what stays.</param>
    internal static PrunedModel Run(OnnxFile file, string method, PruningOptions options, Func<IReadOnlyList<NodeWeight>, IReadOnlyList<ReadOnlyMemory<float>>, bool[][]> masks)
    {
        CheckDoor(file);
        OnnxFile copy = Tidied(file, null);
        var kept = new List<KeptNode>();
        List<NodeWeight> all = NodeWeight.Of(copy.Graph, kept);
        if (all.Count == 0)
        {
            throw new OnnxException($"There is nothing to prune: the graph has no Conv, ConvTranspose, Gemm or MatMul with weights in float32.{string.Concat(kept.Select(node => $" {node.Node}: {node.Reason}."))}");
        }

        options.Check([.. all.Select(weight => weight.Name)]);
        NodeWeight[] chosen = [.. all.Where(weight => !options.Exclude.Contains(weight.Name))];
        if (chosen.Length == 0)
        {
            throw new ArgumentException("There is nothing to prune: every node is excluded.", nameof(options));
        }

        kept.AddRange(all.Except(chosen).Select(weight => NodeWeight.Left(weight.Node, "it is excluded")));
        ReadOnlyMemory<float>[] values = [.. chosen.Select(weight => (ReadOnlyMemory<float>)weight.Tensor.ToFloats())];
        bool[][] keep = masks(chosen, values);
        for (int i = 0; i < chosen.Length; i++)
        {
            if (!values[i].Span.ContainsAnyExcept(0f))
            {
                kept.Add(NodeWeight.Left(chosen[i].Node, "all its weights are 0 already"));
            }
            else
            {
                NodeWeight.Write(chosen[i].Tensor, PrunedNetwork.Masked(values[i].Span, keep[i]));
            }
        }

        return PrunedModel.Of(file, copy, method, new Dictionary<string, long>(), kept);
    }

    /// <summary>A copy in which weights that the file computes from constants, such as a matrix that is turned, are constants.</summary>
    internal static OnnxFile Tidied(OnnxFile file, IReadOnlyDictionary<string, OnnxTensor>? inputs) => GraphCleanUp.Run(file, inputs, CleanUpStep.ConstantNodes, CleanUpStep.Computable, CleanUpStep.Unused).File;

    /// <summary>Refuses what cannot be pruned.</summary>
    internal static void CheckDoor(OnnxFile file)
    {
        IReadOnlyList<string> quantized = CompressionCheck.QuantizedNodes(file);
        if (quantized.Count > 0)
        {
            throw new OnnxException(FormattableString.Invariant($"The model is quantized: {quantized.Count} of its nodes, such as {quantized[0]}. Prune the float32 model it was made from, then quantize the result."));
        }

        CompressionCheck.Check(file);
    }
}
