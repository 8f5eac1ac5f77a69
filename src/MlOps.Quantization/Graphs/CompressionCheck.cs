using MlOps.Onnx;
using MlOps.Onnx.Checking;

namespace MlOps.Quantization.Graphs;

/// <summary>Looks at a model before it is compressed: can it be at all, and what will stay as it is?</summary>
public static class CompressionCheck
{
    private static readonly HashSet<string> s_quantized = new(StringComparer.Ordinal)
    {
        "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "QLinearConv", "QLinearMatMul", "MatMulInteger", "ConvInteger",
        "QGemm", "QAttention", "QEmbedLayerNormalization", "QMoE", "MatMulIntegerToFloat", "MatMulInteger16", "MatMulNBits", "MatMulBnb4", "GatherBlockQuantized",
        "DynamicQuantizeMatMul", "DynamicQuantizeLSTM", "NhwcMaxPool",
    };

    /// <summary>Refuses a model that cannot be compressed, and lists what of the others will stay as it is.</summary>
    /// <remarks>
    /// Looks at the file alone and runs nothing. Free dimensions, nested graphs, functions, custom operators and weights of other types than float32 are noticed, not refused:
    /// what depends on them stays as it is. Whether ONNX Runtime can run the model shows when it is run.
    /// </remarks>
    /// <param name="file">The model; it is not changed.</param>
    /// <returns>Notices; empty if all of the model can be compressed.</returns>
    /// <exception cref="OnnxException">
    /// Its values are in other files (<see cref="ModelFile.Load"/> brings them in); it is quantized already; it is damaged or breaks the standard.
    /// The message says which node and which step would help.
    /// </exception>
    public static IReadOnlyList<ModelNotice> Check(OnnxFile file)
    {
        RefuseBroken(file);
        RefuseQuantized(file);
        return [.. ControlFlow(file), .. Functions(file), .. UnknownOperators(file), .. Weights(file)];
    }

    /// <summary>Lists the nodes that compute with, make or unpack quantized numbers, also in nested graphs; empty for a model that is not quantized.</summary>
    /// <param name="file">The model.</param>
    /// <returns>Their names, or first outputs where they have none.</returns>
    public static IReadOnlyList<string> QuantizedNodes(OnnxFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Graph is null ? [] : [.. Everywhere(file.Graph).Where(IsQuantized).Select(node => node.Label)];
    }

    internal static IEnumerable<OnnxNode> Everywhere(OnnxGraph graph) => graph.Node.SelectMany(node => Nested(node).SelectMany(Everywhere).Prepend(node));

    internal static IEnumerable<OnnxGraph> Nested(OnnxNode node) => node.Attribute.SelectMany(attribute => attribute.G is null ? (IEnumerable<OnnxGraph>)attribute.Graphs : [attribute.G, .. attribute.Graphs]);

    private static bool IsQuantized(OnnxNode node) =>
        s_quantized.Contains(node.OpType) || (node.Domain == "com.microsoft" && (node.OpType.StartsWith("QLinear", StringComparison.Ordinal) || node.OpType.StartsWith("QOrdered", StringComparison.Ordinal)));

    private static void RefuseBroken(OnnxFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Graph is null)
        {
            throw new OnnxException("There is no graph in the model: the file is damaged, or no ONNX model. Export it again.");
        }

        OnnxTensor[] external = [.. file.Tensors().Where(tensor => tensor.IsExternal)];
        if (external.Length > 0)
        {
            throw new OnnxException(FormattableString.Invariant($"The values of {external.Length} constants, such as '{external[0].Name}', are in other files. ModelFile.Load(path), or EmbedExternalData(folder), brings them in."));
        }

        // Operators that no table knows are noticed below; ONNX Runtime may have them by a library.
        OnnxFinding? error = OnnxChecker.Check(file).FirstOrDefault(finding => finding.Severity == OnnxSeverity.Error && !IsAboutUnknownOperator(finding));
        if (error is not null)
        {
            throw new OnnxException($"The model is damaged or breaks the standard: {error.Place}: {error.Reason} {error.Advice}");
        }
    }

    private static bool IsAboutUnknownOperator(OnnxFinding finding) =>
        finding.Reason.StartsWith("Its domain '", StringComparison.Ordinal) || finding.Reason.StartsWith("There is no operator '", StringComparison.Ordinal);

    private static void RefuseQuantized(OnnxFile file)
    {
        IReadOnlyList<string> quantized = QuantizedNodes(file);
        if (quantized.Count > 0)
        {
            OnnxNode first = Everywhere(file.Graph).First(IsQuantized);
            throw new OnnxException(FormattableString.Invariant($"The model is quantized already: {quantized.Count} of its nodes, such as {first.Title}. Quantize the float32 model that it was made from."));
        }
    }

    private static IEnumerable<ModelNotice> ControlFlow(OnnxFile file)
    {
        OnnxNode[] flow = [.. file.Graph.Node.Where(node => Nested(node).Any())];
        if (flow.Length > 0)
        {
            int inside = flow.Sum(node => Nested(node).Sum(graph => Everywhere(graph).Count()));
            yield return new ModelNotice("control-flow", FormattableString.Invariant($"{string.Join(", ", flow.Select(node => node.Title))}: the {inside} nodes in nested graphs stay as they are."), [.. flow.Select(node => node.Label)]);
        }
    }

    private static IEnumerable<ModelNotice> Functions(OnnxFile file)
    {
        if (file.Functions.Count > 0)
        {
            HashSet<(string, string)> defined = [.. file.Functions.Select(function => (function.Domain, function.Name))];
            OnnxNode[] calls = [.. file.Graph.Node.Where(node => defined.Contains((node.Domain, node.OpType)))];
            yield return new ModelNotice("function", $"The functions {string.Join(", ", file.Functions.Select(function => function.Name))} stay as they are; only nodes of the graph itself change.", [.. calls.Select(node => node.Label)]);
        }
    }

    private static IEnumerable<ModelNotice> UnknownOperators(OnnxFile file)
    {
        HashSet<string> places = [.. OnnxChecker.Check(file).Where(IsAboutUnknownOperator).Select(finding => finding.Place)];
        OnnxNode[] unknown = [.. Everywhere(file.Graph).Where(node => places.Contains(node.Title))];
        if (unknown.Length > 0)
        {
            yield return new ModelNotice("unknown-operator", $"{string.Join(", ", unknown.Select(node => node.Title))}: an operator that the standard does not have stays as it is, and ONNX Runtime needs a library for it.", [.. unknown.Select(node => node.Label)]);
        }
    }

    private static IEnumerable<ModelNotice> Weights(OnnxFile file)
    {
        OnnxTensor[] others = [.. file.Tensors().Where(tensor => tensor.DataType is OnnxElementType.Float16 or OnnxElementType.Bfloat16 or OnnxElementType.Double && tensor.Dims.Count > 0)];
        if (others.Length > 0)
        {
            yield return new ModelNotice("weights", others.Length == 1
                ? $"The constant '{others[0].Name}' holds {others[0].DataType}; only those in float32 are compressed."
                : FormattableString.Invariant($"{others.Length} constants, such as '{others[0].Name}', hold {others[0].DataType}; only those in float32 are compressed."), []);
        }
    }
}
