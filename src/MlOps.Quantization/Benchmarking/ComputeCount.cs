using MlOps.Onnx;

namespace MlOps.Quantization.Benchmarking;

/// <summary>How much a model computes: its multiply-accumulate operations (MACs) on given inputs.</summary>
/// <param name="Macs">All of them. One MAC is a multiplication and an addition; some call it two FLOPs.</param>
/// <param name="ByOperator">The MACs of each operator that has any, most first.</param>
/// <param name="NotCounted">Operators that multiply and add, yet are not counted, each once: nodes of control flow, and operators nobody here knows.</param>
/// <remarks>
/// Counted are the sums of products. With |Y| the number of values a node makes:
/// <list type="bullet">
/// <item>convolutions: <c>|Y| · (C / groups) · ∏ kernel</c>, transposed ones <c>|X| · (M / groups) · ∏ kernel</c>, X what goes in, M the channels that come out;</item>
/// <item>Gemm, MatMul and their integer and 4-bit forms: <c>|Y| · K</c>, K the length of the sums;</item>
/// <item>LSTM, GRU and RNN: <c>steps · batch · (|W| + |R|)</c>; linear models of ai.onnx.ml: rows · |coefficients|.</item>
/// </list>
/// What works value by value (activations, additions, normalisations), pools, and decision trees count 0: they cost time, but sum no products. A bias counts 0 as well.
/// </remarks>
public sealed record ComputeCount(long Macs, IReadOnlyDictionary<string, long> ByOperator, IReadOnlyList<string> NotCounted)
{
    // Operators that hide products which no formula here knows.
    private static readonly HashSet<string> s_hidden =
        ["Attention", "MultiHeadAttention", "GroupQueryAttention", "QAttention", "Einsum", "If", "Loop", "Scan", "SVMClassifier", "SVMRegressor", "DeformConv", "STFT", "DFT", "GatherMatMul", "QOrderedMatMul", "FusedMatMul", "BeamSearch"];

    /// <summary>Counts the operations of a graph.</summary>
    /// <param name="graph">The graph; the branches of control flow are not looked into.</param>
    /// <param name="dims">The dimensions of a value by its name; null if they are not known.</param>
    /// <exception cref="OnnxException">The dimensions of a value that decides are not known; the message names node and value.</exception>
    public static ComputeCount Of(OnnxGraph graph, Func<string, IReadOnlyList<long>?> dims)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(dims);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (OnnxNode node in graph.Node)
        {
            long macs = Of(node, dims);
            if (macs > 0)
            {
                counts[node.OpType] = checked(counts.GetValueOrDefault(node.OpType) + macs);
            }
        }

        return new ComputeCount(
            counts.Values.Sum(),
            counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).ToDictionary(),
            [.. graph.Node.Where(node => s_hidden.Contains(node.OpType) || !IsKnown(node.Domain)).Select(node => node.OpType).Distinct()]);
    }

    /// <summary>Counts the operations of one node; 0 if its operator sums no products or is not known.</summary>
    /// <param name="node">The node.</param>
    /// <param name="dims">The dimensions of a value by its name; null if they are not known.</param>
    /// <exception cref="OnnxException">The dimensions of a value that decides are not known; the message names node and value.</exception>
    public static long Of(OnnxNode node, Func<string, IReadOnlyList<long>?> dims)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(dims);
        IReadOnlyList<long> In(int place) => Known(node, node.Input[place], dims);
        long Made() => Product(Known(node, node.Output[0], dims));
        checked
        {
            return node.OpType switch
            {
                "Conv" or "FusedConv" or "ConvInteger" => Made() * Product(In(1).Skip(1)),
                "QLinearConv" => Made() * Product(In(3).Skip(1)),
                "ConvTranspose" => Product(In(0)) * Product(In(1).Skip(1)),
                "Gemm" => Made() * In(0)[node.GetInt("transA", 0) == 0 ? 1 : 0],
                "QGemm" => Made() * In(0)[node.GetInt("transA", 0) == 0 ? 1 : 0],
                "MatMul" or "MatMulInteger" or "MatMulIntegerToFloat" or "DynamicQuantizeMatMul" or "QLinearMatMul" => Made() * In(0)[^1],
                "MatMulNBits" => Made() * node.GetInt("K"),
                "LSTM" or "GRU" or "RNN" or "DynamicQuantizeLSTM" => In(0)[0] * In(0)[1] * (Product(In(1)) + Product(In(2))),
                "LinearClassifier" or "LinearRegressor" => (In(0).Count > 1 ? In(0)[0] : 1) * node.GetFloats("coefficients").Count,
                _ => 0,
            };
        }
    }

    private static bool IsKnown(string domain) => domain is "" or "ai.onnx" or "ai.onnx.ml" or "com.microsoft";

    private static IReadOnlyList<long> Known(OnnxNode node, string value, Func<string, IReadOnlyList<long>?> dims) =>
        dims(value) ?? throw new OnnxException($"{node.Title}: the shape of '{value}' is not known.");

    private static long Product(IEnumerable<long> dims) => dims.Aggregate(1L, (product, dim) => checked(product * dim));
}
