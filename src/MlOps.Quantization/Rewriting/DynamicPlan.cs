using MlOps.Onnx;

namespace MlOps.Quantization.Rewriting;

/// <summary>Decides which nodes multiply codes whose activations are quantized at run time.</summary>
internal sealed class DynamicPlan
{
    private readonly GraphView _view;
    private readonly HashSet<OnnxNode> _weighted = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<OnnxNode> _tables = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<OnnxNode> _stored = new(ReferenceEqualityComparer.Instance);

    internal DynamicPlan(GraphView view, DynamicOptions options)
    {
        _view = view;
        var excludedNodes = options.ExcludedNodes.ToHashSet(StringComparer.Ordinal);
        var excludedOperators = options.ExcludedOperators.ToHashSet(StringComparer.Ordinal);
        var kept = new List<KeptNode>();
        foreach (OnnxNode node in view.Graph.Node)
        {
            string? reason =
                excludedNodes.Contains(node.Label) ? "It was excluded by name."
                : excludedOperators.Contains(node.OpType) ? $"{node.OpType} was excluded."
                : node.OpType == "Conv" && Operators.IsStandard(node) && options.Convolutions == DynamicConvolutions.Floats ? "Convolutions were left as they are."
                : Operators.IsWeighted(node) ? Weighted(node, options.Convolutions == DynamicConvolutions.Stored)
                : Operators.IsTable(node, view) ? Taken(_tables, node)
                : Operators.LargeConstants(node, view).Any() ? Taken(_stored, node)
                : Operators.HasGraphs(node) || HoldsWeights(node) ? Operators.Reason(node, view, "Only products and look-up tables are quantized at run time.")
                : null;
            if (reason is not null)
            {
                kept.Add(new KeptNode(node.Label, node.OpType, reason));
            }
        }

        Kept = kept;
    }

    internal IReadOnlyList<KeptNode> Kept { get; }

    internal bool IsWeighted(OnnxNode node) => _weighted.Contains(node);

    internal bool IsTable(OnnxNode node) => _tables.Contains(node);

    internal bool IsStored(OnnxNode node) => _stored.Contains(node);

    internal bool Changes(OnnxNode node) => IsWeighted(node) || IsTable(node) || IsStored(node);

    private bool HoldsWeights(OnnxNode node) => node.Domain == "ai.onnx.ml" || node.Input.Any(value => _view.Constant(value) is { } constant && constant.Dims.Count(dim => dim > 1) > 1 && _view.IsFloat(value));

    private string? Weighted(OnnxNode node, bool storeConvolutions)
    {
        (Unit? unit, string reason) = WeightedRule.Of(node, _view, productsOfActivations: false);
        return unit is null ? reason
            : unit.Activations is [1] ? "Its weights are the left factor; codes that are found at run time stand on the left."
            : Taken(storeConvolutions && node.OpType == "Conv" ? _stored : _weighted, node);
    }

    private static string? Taken(HashSet<OnnxNode> nodes, OnnxNode node)
    {
        nodes.Add(node);
        return null;
    }
}
