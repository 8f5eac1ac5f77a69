using MlOps.Onnx;

namespace MlOps.Quantization;

/// <summary>A node that has weights, and what stands in the way of storing them in 4 bits.</summary>
/// <param name="Weight">The value that holds them.</param>
/// <param name="Transposed">Whether a row belongs to an output, as in Gemm with transB.</param>
/// <param name="Bias">The value that a Gemm adds; null if there is none.</param>
/// <param name="Reason">Why the node has to stay as it is; null if nothing is known yet.</param>
internal sealed record FourBitCandidate(string? Weight, bool Transposed, string? Bias, string? Reason)
{
    /// <summary>Which input of other operators holds their weights.</summary>
    private static readonly Dictionary<string, int> s_others = new() { ["Conv"] = 1, ["ConvTranspose"] = 1, ["LSTM"] = 1, ["GRU"] = 1, ["RNN"] = 1, ["Gather"] = 0 };

    /// <summary>Operators of ai.onnx.ml that hold what they have learnt themselves.</summary>
    private static readonly HashSet<string> s_withAttributes =
        ["LinearClassifier", "LinearRegressor", "SVMClassifier", "SVMRegressor", "TreeEnsemble", "TreeEnsembleClassifier", "TreeEnsembleRegressor"];

    /// <summary>Null for a node without weights.</summary>
    internal static FourBitCandidate? Of(OnnxGraph graph, OnnxNode node)
    {
        if (node.Domain is not ("" or "ai.onnx"))
        {
            return s_withAttributes.Contains(node.OpType) ? Kept("Its numbers are attributes of the node, which hold floats only.") : null;
        }

        if (node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0))
        {
            return Kept($"It holds graphs of its own ({node.OpType}), whose nodes are not touched.");
        }

        if (s_others.TryGetValue(node.OpType, out int place))
        {
            bool weighty = node.Input.Count > place && FourBitWeights.Constant(graph, node.Input[place]) is { DataType: OnnxElementType.Float, Dims.Count: > 1 };
            return weighty ? Kept($"ONNX Runtime has no {node.OpType} that multiplies by 4-bit weights; only MatMul and Gemm.") : null;
        }

        if (node.OpType is not ("MatMul" or "Gemm") || node.Input.Count < 2)
        {
            return null;
        }

        if (FourBitWeights.Constant(graph, node.Input[1]) is null)
        {
            return FourBitWeights.Constant(graph, node.Input[0]) is { Dims.Count: > 1 } ? Kept("Its constant is the left factor; MatMulNBits takes weights on the right.")
                : null; // two values that are computed: no weights
        }

        if (node.OpType == "MatMul")
        {
            return new FourBitCandidate(node.Input[1], false, null, null);
        }

        bool biased = node.Input.Count > 2 && node.Input[2].Length > 0;
        string? reason = node.GetInt("transA", 0) != 0 ? "Its input is transposed (transA = 1)."
            : node.GetFloat("alpha", 1) != 1 || (biased && node.GetFloat("beta", 1) != 1) ? "It has a factor other than 1 (alpha or beta)."
            : null;
        return new FourBitCandidate(node.Input[1], node.GetInt("transB", 0) != 0, biased ? node.Input[2] : null, reason);
    }

    private static FourBitCandidate Kept(string reason) => new(null, false, null, reason);
}
