using MlOps.Onnx;

namespace MlOps.Quantization.Rewriting;

/// <summary>Whether a Conv, Gemm or MatMul can be quantized, and if not, why.</summary>
internal static class WeightedRule
{
    /// <summary>The unit, or the reason why the node stays in floating point.</summary>
    internal static (Unit? Unit, string Reason) Of(OnnxNode node, GraphView view, bool productsOfActivations)
    {
        if (view.TypeOf(node.Output[0]) != OnnxElementType.Float)
        {
            return (null, $"It computes in {view.TypeOf(node.Output[0])}; only 32-bit floats are quantized.");
        }

        bool constantLeft = view.Constant(node.Input[0]) is not null;
        bool constantRight = view.Constant(node.Input[1]) is not null;
        if (constantLeft && constantRight)
        {
            return (null, "Both its inputs are constants: fold them first.");
        }

        return node.OpType switch
        {
            "MatMul" => OfMatMul(node, view, constantLeft, constantRight, productsOfActivations),
            "Gemm" => OfGemm(node, view, constantLeft, constantRight),
            _ => constantLeft || !constantRight ? (null, "Its weights are computed by the model, so that there is nothing to store in 8 bits.")
                : !ConstantBias(node, view) ? (null, "Its bias is computed by the model; ONNX Runtime's integer convolution takes a constant one.")
                : (new Unit(node, UnitKind.Weighted, [0]), ""),
        };
    }

    private static (Unit?, string) OfMatMul(OnnxNode node, GraphView view, bool constantLeft, bool constantRight, bool productsOfActivations)
    {
        if (constantRight)
        {
            return view.RankOf(node.Input[1]) < 2 ? (null, "Its weights are one vector; ONNX Runtime's integer product takes a matrix.") : (new Unit(node, UnitKind.Weighted, [0]), "");
        }

        if (constantLeft)
        {
            return view.RankOf(node.Input[0]) < 2 ? (null, "Its weights are one vector; ONNX Runtime's integer product takes a matrix.") : (new Unit(node, UnitKind.Weighted, [1]), "");
        }

        return productsOfActivations
            ? (new Unit(node, UnitKind.Weighted, [0, 1]), "")
            : (null, "It multiplies two activations, as attention does: there are no weights to make smaller, and rounding both costs accuracy (ProductsOfActivations quantizes it).");
    }

    private static (Unit?, string) OfGemm(OnnxNode node, GraphView view, bool constantLeft, bool constantRight)
    {
        if (constantLeft || !constantRight)
        {
            return (null, "Its weights are computed by the model, so that there is nothing to store in 8 bits.");
        }

        if (node.GetInt("transA", 0) != 0)
        {
            return (null, "It reads its rows transposed, for which ONNX Runtime has no integer kernel.");
        }

        if (!ConstantBias(node, view))
        {
            return (null, "What it adds is computed by the model; ONNX Runtime's integer Gemm takes a constant vector.");
        }

        long columns = view.Constant(node.Input[1])!.Dims[node.GetInt("transB", 0) == 0 ? 1 : 0];
        return node.Input.Count > 2 && node.Input[2].Length > 0 && view.Constant(node.Input[2]) is { } bias && bias.ElementCount != 1 && (bias.ElementCount != columns || bias.Dims[^1] != columns)
            ? (null, "What it adds is a matrix, no vector; ONNX Runtime's integer Gemm takes a vector.")
            : (new Unit(node, UnitKind.Weighted, [0]), "");
    }

    private static bool ConstantBias(OnnxNode node, GraphView view) => node.Input.Count < 3 || node.Input[2].Length == 0 || view.Constant(node.Input[2]) is not null;
}
