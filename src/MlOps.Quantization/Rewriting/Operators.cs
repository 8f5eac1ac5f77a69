using MlOps.Onnx;

namespace MlOps.Quantization.Rewriting;

/// <summary>What each operator is to quantization.</summary>
internal static class Operators
{
    // A constant below this size is not worth a DequantizeLinear of its own: names and scale weigh as much as what is saved.
    private const int LargeConstant = 1024;
    private const int LargeTable = 256;

    private static readonly HashSet<string> s_between = ["Add", "Mul", "Concat", "AveragePool", "GlobalAveragePool", "LeakyRelu", "Sigmoid"];
    private static readonly HashSet<string> s_moves =
        ["Reshape", "Transpose", "Flatten", "Squeeze", "Unsqueeze", "Slice", "Gather", "Pad", "Resize", "Split", "MaxPool", "Identity", "DepthToSpace", "SpaceToDepth"];

    private static readonly HashSet<string> s_nothing =
        ["Constant", "ConstantOfShape", "Shape", "Size", "Cast", "CastLike", "Expand", "Tile", "Range", "Dropout", "Where", "QuantizeLinear", "DequantizeLinear", "ArrayFeatureExtractor", "ZipMap"];

    private static readonly HashSet<string> s_readers = ["Add", "Sub", "Mul", "Div", "Slice", "Concat", "Expand", "Tile", "Where", "Reshape", "Transpose", "Unsqueeze", "Identity"];

    private static readonly HashSet<string> s_mergedWithGemm = ["Relu", "LeakyRelu", "Sigmoid", "Tanh", "HardSigmoid", "Elu", "Selu", "Softplus", "Softsign", "ThresholdedRelu"];

    internal static bool IsStandard(OnnxNode node) => node.Domain is "" or "ai.onnx";

    internal static bool HasGraphs(OnnxNode node) => node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0);

    internal static bool IsWeighted(OnnxNode node) => IsStandard(node) && node.OpType is "Conv" or "Gemm" or "MatMul";

    /// <summary>Whether a node only moves values or holds none, so that there is nothing to say about it.</summary>
    internal static bool ComputesNothing(OnnxNode node) => (IsStandard(node) && s_moves.Contains(node.OpType)) || s_nothing.Contains(node.OpType);

    /// <summary>A node that can compute in whole numbers between others that do; null if it cannot.</summary>
    internal static Unit? Between(OnnxNode node, GraphView view)
    {
        if (!IsStandard(node) || node.Input.Count == 0 || !view.IsFloat(node.Output[0]))
        {
            return null;
        }

        if (s_between.Contains(node.OpType))
        {
            int[] inputs = [.. Enumerable.Range(0, node.Input.Count)];
            int[] activations = [.. inputs.Where(i => view.Constant(node.Input[i]) is null)];
            return activations.Length > 0 && inputs.All(i => view.IsFloat(node.Input[i])) ? new Unit(node, UnitKind.Between, activations) : null;
        }

        return s_moves.Contains(node.OpType) && view.IsFloat(node.Input[0]) && view.Constant(node.Input[0]) is null && KeepsCodes(node, view) ? new Unit(node, UnitKind.Moves, [0]) : null;
    }

    /// <summary>Whether a node behind another does no more than cut off values below and above numbers that lie around 0.</summary>
    internal static bool IsClip(OnnxNode node, GraphView view) => IsStandard(node) && node.OpType switch
    {
        "Relu" => true,
        "Clip" => Bound(node, 1, float.NegativeInfinity, view) <= 0 && Bound(node, 2, float.PositiveInfinity, view) >= 0,
        _ => false,
    };

    /// <summary>Whether ONNX Runtime merges this activation with a float Gemm before it looks for integer kernels.</summary>
    internal static bool MergesWithGemm(OnnxNode node) => IsStandard(node) && s_mergedWithGemm.Contains(node.OpType);

    /// <summary>Whether a node looks rows up in a constant table.</summary>
    internal static bool IsTable(OnnxNode node, GraphView view) =>
        IsStandard(node) && node.OpType == "Gather" && view.Constant(node.Input[0]) is { DataType: OnnxElementType.Float } table && table.ElementCount >= LargeTable;

    /// <summary>The inputs of a float node that are large constants, which a file can hold as codes.</summary>
    internal static IEnumerable<int> LargeConstants(OnnxNode node, GraphView view) =>
        IsStandard(node) && s_readers.Contains(node.OpType)
            ? Enumerable.Range(0, node.Input.Count).Where(i => view.Constant(node.Input[i]) is { DataType: OnnxElementType.Float } constant && constant.ElementCount >= LargeConstant)
            : [];

    /// <summary>Why a node that is no product with weights stays as it is; null if there is nothing in it to quantize.</summary>
    /// <param name="node">The node.</param>
    /// <param name="view">Its graph.</param>
    /// <param name="alone">The reason for a node that could compute in whole numbers but does not.</param>
    internal static string? Reason(OnnxNode node, GraphView view, string alone)
    {
        if (HasGraphs(node))
        {
            return "It holds graphs of its own, which stay as they are.";
        }

        if (ComputesNothing(node) || !node.Output.Concat(node.Input).Any(value => view.TypeOf(value) is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16))
        {
            return null;
        }

        return node switch
        {
            { Domain: "ai.onnx.ml" } => "Operators of classical machine learning compare and add single numbers; ONNX Runtime has them in floating point only.",
            { Domain: not ("" or "ai.onnx") } => $"It is no operator of the ONNX standard but one of {node.Domain}, which is not known here.",
            { OpType: "LSTM" or "GRU" or "RNN" } => "A recurrence carries its rounding errors from step to step; its weights stay as they are.",
            { OpType: "ConvTranspose" } => "ONNX Runtime has no integer kernel for it on a CPU; its weights would be turned back into floats at every run.",
            { OpType: "LayerNormalization" or "InstanceNormalization" or "BatchNormalization" or "Softmax" or "LogSoftmax" } => $"{node.OpType} divides by a sum or a deviation, which 8 bits hold badly; it is a small part of the work.",
            { OpType: "Relu" or "Clip" } => alone,
            _ when Between(node, view) is not null => alone,
            _ when !node.Output.Concat(node.Input).Any(value => view.TypeOf(value) == OnnxElementType.Float) => "It computes in another type than float32.",
            _ => $"ONNX Runtime has no integer kernel for {node.OpType} on a CPU.",
        };
    }

    private static bool KeepsCodes(OnnxNode node, GraphView view) => node.OpType switch
    {
        "MaxPool" => node.Output.Count(output => output.Length > 0) == 1,
        "Pad" => node.GetText("mode", "constant") != "constant" || node.Input.Count < 3 || node.Input[2].Length == 0 || (view.Constant(node.Input[2])?.ToFloats() is [0]),
        "Resize" => node.GetText("mode", "nearest") is "nearest" or "linear",
        _ => true,
    };

    /// <summary>A bound of a Clip; NaN, which no comparison accepts, if it is computed.</summary>
    private static float Bound(OnnxNode node, int input, float otherwise, GraphView view) =>
        node.Input.Count <= input || node.Input[input].Length == 0 ? otherwise
        : view.Constant(node.Input[input])?.ToFloats() is [var bound] ? bound : float.NaN;
}
