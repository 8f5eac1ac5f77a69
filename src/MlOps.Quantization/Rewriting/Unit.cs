using MlOps.Onnx;

namespace MlOps.Quantization.Rewriting;

/// <summary>A node that computes in whole numbers, with those behind it that melt into it: the bias of a MatMul, a ReLU that the range of the codes makes redundant.</summary>
/// <param name="node">The node.</param>
/// <param name="kind">What it asks of its neighbours.</param>
/// <param name="activations">Which of its inputs hold activations.</param>
internal sealed class Unit(OnnxNode node, UnitKind kind, IReadOnlyList<int> activations)
{
    internal OnnxNode Node => node;

    internal UnitKind Kind => kind;

    internal IReadOnlyList<int> Activations => activations;

    /// <summary>The Add of a constant vector behind a MatMul; it stays in float, and ONNX Runtime merges it.</summary>
    internal OnnxNode? Bias { get; set; }

    /// <summary>ReLU and Clip nodes at the end, in order: codes that saturate do the same.</summary>
    internal List<OnnxNode> Clips { get; } = [];

    /// <summary>What leaves the unit.</summary>
    internal IReadOnlyList<string> Outputs => Clips.Count > 0 ? [Clips[^1].Output[0]] : Bias is not null ? [Bias.Output[0]] : [.. node.Output.Where(output => output.Length > 0)];

    /// <summary>Whether a Gemm would be merged with the activation behind it into a float kernel, were there no codes between them.</summary>
    internal bool IsInDanger { get; set; }

    /// <summary>Whether ONNX Runtime has only a kernel that also writes codes; Gemm and MatMul may write floats.</summary>
    internal bool WritesCodes => kind != UnitKind.Weighted || node.OpType == "Conv" || IsInDanger;

    internal IEnumerable<OnnxNode> Nodes => Bias is null ? [node, .. Clips] : [node, Bias, .. Clips];
}
