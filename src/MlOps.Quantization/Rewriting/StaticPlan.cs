using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Rewriting;

/// <summary>Decides which nodes of a graph compute in whole numbers and which values become codes, before anything is changed.</summary>
/// <remarks>
/// Conv, Gemm and MatMul always do. What stands between does if somebody reads its codes and one of its inputs has codes anyway: a lone Add in floating point is cheaper and more exact than the
/// conversions around it.
/// </remarks>
internal sealed class StaticPlan
{
    private const string NoNeighbour = "What stands around it computes in floating point: whole numbers here would only add conversions.";

    private readonly GraphView _view;
    private readonly Dictionary<OnnxNode, Unit> _units = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, Unit> _makers = new(StringComparer.Ordinal);
    private readonly HashSet<OnnxNode> _parts = new(ReferenceEqualityComparer.Instance);

    /// <summary>Plans.</summary>
    /// <param name="view">The graph, cleaned up.</param>
    /// <param name="options">What to quantize.</param>
    /// <param name="only">If given, the only nodes with weights that are quantized.</param>
    internal StaticPlan(GraphView view, StaticOptions options, IReadOnlySet<string>? only = null)
    {
        _view = view;
        var excludedNodes = options.ExcludedNodes.ToHashSet(StringComparer.Ordinal);
        var excludedOperators = options.ExcludedOperators.ToHashSet(StringComparer.Ordinal);
        string? Excluded(OnnxNode node) =>
            excludedNodes.Contains(node.Label) ? "It was excluded by name."
            : excludedOperators.Contains(node.OpType) ? $"{node.OpType} was excluded."
            : only?.Contains(node.Label) == false && (Operators.IsWeighted(node) || Operators.IsTable(node, view)) ? "It was excluded by name."
            : null;

        var reasons = new Dictionary<OnnxNode, string>(ReferenceEqualityComparer.Instance);
        foreach (OnnxNode node in view.Graph.Node)
        {
            if (Excluded(node) is { } excluded)
            {
                reasons[node] = excluded;
            }
            else if (Operators.IsTable(node, view))
            {
                Tables.Add(node);
            }
            else if (Operators.IsWeighted(node))
            {
                (Unit? weighted, string reason) = WeightedRule.Of(node, view, options.ProductsOfActivations);
                if (weighted is null)
                {
                    reasons[node] = reason;
                }
                else
                {
                    _units[node] = weighted;
                }
            }
            else if (Operators.Between(node, view) is { } unit)
            {
                _units[node] = unit;
            }
        }

        HashSet<OnnxNode> absorbed = new(ReferenceEqualityComparer.Instance);
        foreach (Unit unit in _units.Values.Where(unit => unit.Kind != UnitKind.Moves && !absorbed.Contains(unit.Node)).ToList())
        {
            Absorb(unit, !options.SymmetricActivations, node => Excluded(node) is null);
            absorbed.UnionWith(unit.Nodes.Skip(1));
        }

        foreach (OnnxNode node in absorbed)
        {
            _units.Remove(node);
        }

        foreach (Unit unit in _units.Values)
        {
            foreach (string output in unit.Outputs)
            {
                _makers[output] = unit;
            }
        }

        KeepWhatPays();
        _parts.UnionWith(_units.Values.SelectMany(unit => unit.Nodes));
        Stored.AddRange(only is null ? view.Graph.Node.Where(node => !reasons.ContainsKey(node) && !_parts.Contains(node) && Operators.LargeConstants(node, view).Any()) : []);
        Units = [.. view.Graph.Node.Where(_units.ContainsKey).Select(node => _units[node])];
        Values = [.. Units.SelectMany(unit => unit.Activations.Select(i => unit.Node.Input[i]).Concat(unit.WritesCodes ? unit.Outputs : [])).Distinct()];
        Kept = [.. view.Graph.Node.Select(node => Reason(node, reasons) is { } reason ? new KeptNode(node.Label, node.OpType, reason) : null).OfType<KeptNode>()];
    }

    /// <summary>What computes in whole numbers, in the order of the graph.</summary>
    internal IReadOnlyList<Unit> Units { get; }

    /// <summary>Look-ups in a constant table, which is stored in 8 bits.</summary>
    internal List<OnnxNode> Tables { get; } = [];

    /// <summary>Float nodes that read a large constant, which is stored in 8 bits.</summary>
    internal List<OnnxNode> Stored { get; } = [];

    /// <summary>The values that become codes.</summary>
    internal IReadOnlyList<string> Values { get; }

    internal IReadOnlyList<KeptNode> Kept { get; }

    /// <summary>The unit that a value leaves; null if a float node or nobody makes it.</summary>
    internal Unit? Maker(string value) => _makers.GetValueOrDefault(value);

    /// <summary>The unit whose main node this is.</summary>
    internal Unit? UnitOf(OnnxNode node) => _units.GetValueOrDefault(node);

    /// <summary>The value whose range a value's codes have: its own, or that of what was moved to it.</summary>
    internal string Root(string value) => Maker(value) is { Kind: UnitKind.Moves } unit ? Root(unit.Node.Input[0]) : value;

    /// <summary>Whether whoever reads a value reads its codes' values, because there are no others or nobody needs others.</summary>
    internal bool OnlyCodes(string value) => Maker(value) is { } maker && (maker.WritesCodes || AllReadCodes(value));

    /// <summary>Names of the nodes that compute or store with fewer bits, in the order of the graph.</summary>
    internal IReadOnlyList<string> Quantized()
    {
        HashSet<OnnxNode> nodes = new(ReferenceEqualityComparer.Instance);
        nodes.UnionWith(Units.SelectMany(unit => unit.Bias is null && OnlyCodes(unit.Outputs[0]) ? unit.Nodes : unit.Bias is null ? [unit.Node] : [unit.Node, unit.Bias]));
        nodes.UnionWith(Tables);
        nodes.UnionWith(Stored);
        return [.. _view.Graph.Node.Where(nodes.Contains).Select(node => node.Label)];
    }

    private bool AllReadCodes(string value) => !_view.IsOutput(value) && _view.NumberReaders(value).All(ReadsCodes);

    private bool ReadsCodes(ValueReader reader) => UnitOf(reader.Node) is { } unit && unit.Activations.Contains(reader.Input);

    /// <summary>Takes in the bias behind a MatMul, and what only cuts values off.</summary>
    private void Absorb(Unit unit, bool clips, Func<OnnxNode, bool> allowed)
    {
        string output = unit.Node.Output[0];
        if (unit.Node.OpType == "MatMul" && _view.OnlyReader(output) is { OpType: "Add" } add && Operators.IsStandard(add) && allowed(add) && IsVector(add.Input[add.Input[0] == output ? 1 : 0]))
        {
            unit.Bias = add;
            output = add.Output[0];
        }

        while (clips && unit.Node.Output.Count == 1 && _view.OnlyReader(output) is { } clip && Operators.IsClip(clip, _view) && clip.Input[0] == output && allowed(clip))
        {
            unit.Clips.Add(clip);
            output = clip.Output[0];
        }

        bool isGemm = unit.Node.OpType == "Gemm" || (unit.Bias is not null && _view.RankOf(unit.Node.Output[0]) is 2 or -1);
        unit.IsInDanger = isGemm && (unit.Clips.Count > 0 || (_view.OnlyReader(output) is { } next && Operators.MergesWithGemm(next)));
    }

    private bool IsVector(string value) => _view.Constant(value) is { DataType: OnnxElementType.Float } constant && constant.ElementCount == (constant.Dims.Count > 0 ? constant.Dims[^1] : 1);

    /// <summary>Drops what stands alone, until nothing changes: each pass may leave others alone.</summary>
    private void KeepWhatPays()
    {
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (Unit unit in _units.Values.Where(unit => unit.Kind != UnitKind.Weighted).ToList())
            {
                bool wanted = unit.Outputs.Any(output => _view.Readers(output).Any(ReadsCodes));
                if (!wanted || !unit.Activations.Any(i => HasCodesAnyway(unit.Node.Input[i])))
                {
                    _units.Remove(unit.Node);
                    foreach (string output in unit.Outputs)
                    {
                        _makers.Remove(output);
                    }

                    changed = true;
                }
            }
        }
    }

    private bool HasCodesAnyway(string value) =>
        (Maker(value) is { } maker && (maker.WritesCodes || AllReadCodes(value)))
        || _view.Readers(value).Any(reader => ReadsCodes(reader) && UnitOf(reader.Node)!.Kind == UnitKind.Weighted);

    private string? Reason(OnnxNode node, Dictionary<OnnxNode, string> reasons)
    {
        if (_parts.Contains(node) || Tables.Contains(node, ReferenceEqualityComparer.Instance) || Stored.Contains(node, ReferenceEqualityComparer.Instance))
        {
            return null;
        }

        if (reasons.TryGetValue(node, out string? reason))
        {
            return reason;
        }

        return Operators.Reason(node, _view, NoNeighbour);
    }
}
