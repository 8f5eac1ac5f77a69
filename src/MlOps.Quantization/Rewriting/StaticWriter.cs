using System.Numerics.Tensors;
using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;
using MlOps.Quantization.Calibration;

namespace MlOps.Quantization.Rewriting;

/// <summary>Carries a plan out: writes QuantizeLinear and DequantizeLinear where ONNX Runtime looks for them.</summary>
/// <remarks>
/// A node that computes in whole numbers reads nothing but what DequantizeLinear makes (activations, weights, bias), and what it writes is read by one QuantizeLinear: ONNX Runtime then puts its integer kernel in the
/// place of all of them. Behind a Gemm or MatMul the QuantizeLinear is left out where somebody wants floats.
/// </remarks>
internal sealed class StaticWriter
{
    private readonly GraphView _view;
    private readonly StaticPlan _plan;
    private readonly StaticOptions _options;
    private readonly CalibrationRanges _ranges;
    private readonly OnnxGraph _graph;
    private readonly Names _names;
    private readonly HashSet<string> _values;
    private readonly HashSet<OnnxNode> _removed = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _codesOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _scales = new(StringComparer.Ordinal);
    private readonly WeightWriter _weights;
    private readonly List<OnnxNode> _nodes = [];

    internal StaticWriter(GraphView view, StaticPlan plan, StaticOptions options, CalibrationRanges ranges)
    {
        (_view, _plan, _options, _ranges, _graph) = (view, plan, options, ranges, view.Graph);
        _names = new Names(_graph);
        Constants = new ConstantStore(_graph, _names);
        _weights = new WeightWriter(Constants, _names, options.Weights, options.PerChannel, options.ReduceRange);
        _values = new HashSet<string>(plan.Values, StringComparer.Ordinal);
    }

    internal ConstantStore Constants { get; }

    /// <summary>Changes the graph of the view, which is of no use afterwards.</summary>
    internal void Write()
    {
        var tables = new HashSet<OnnxNode>(_plan.Tables, ReferenceEqualityComparer.Instance);
        var stored = new HashSet<OnnxNode>(_plan.Stored, ReferenceEqualityComparer.Instance);
        foreach (Unit unit in _plan.Units.Where(unit => Marked(unit.Outputs[0])))
        {
            _removed.UnionWith(unit.Clips);
        }

        var biases = new HashSet<OnnxNode>(_plan.Units.Select(unit => unit.Bias).OfType<OnnxNode>(), ReferenceEqualityComparer.Instance);

        // Who makes a value that becomes codes, once the nodes that melt into others are gone.
        var last = new Dictionary<OnnxNode, Unit>(ReferenceEqualityComparer.Instance);
        foreach (Unit unit in _plan.Units)
        {
            last[unit.Nodes.Last(node => !_removed.Contains(node))] = unit;
        }

        foreach (OnnxValue input in _graph.Input.Where(input => _values.Contains(input.Name)))
        {
            Branch(input.Name);
        }

        foreach (OnnxNode node in _graph.Node.Where(node => !_removed.Contains(node)))
        {
            if (_plan.UnitOf(node) is { } unit)
            {
                Read(unit);
            }
            else if (tables.Contains(node))
            {
                WriteTable(node);
                continue;
            }
            else if (stored.Contains(node))
            {
                foreach (int i in Operators.LargeConstants(node, _view).ToList())
                {
                    node.Input[i] = _weights.StoredAsFloats(_view.Constant(node.Input[i])!, _nodes);
                }
            }

            FlattenBias(node, biases);
            _nodes.Add(node);
            if (last.TryGetValue(node, out Unit? made))
            {
                Leave(node, made);
            }
            else
            {
                foreach (string output in node.Output.Where(_values.Contains))
                {
                    Branch(output);
                }
            }
        }

        _graph.Node.Clear();
        _graph.Node.AddRange(_nodes);
        _graph.RemoveUnused();
    }

    /// <summary>A bias of shape [1, n], as scikit-learn's converter writes it: ONNX Runtime merges only one of shape [n] into the integer product.</summary>
    private void FlattenBias(OnnxNode node, HashSet<OnnxNode> biases)
    {
        for (int i = 0; biases.Contains(node) && i < node.Input.Count; i++)
        {
            if (_view.Constant(node.Input[i]) is { Dims.Count: > 1 } bias)
            {
                node.Input[i] = Constants.Floats(bias.Name + "_flat", "flat", bias.ToFloats(), bias.ElementCount);
            }
        }
    }

    private bool Marked(string value) => _values.Contains(value) && _plan.OnlyCodes(value);

    /// <summary>Scale, zero point and type of a value's codes.</summary>
    private QuantizationParameters Parameters(string value)
    {
        string root = _plan.Root(value);
        RealRange range = _ranges[root];
        QuantizationParameters parameters = _options.SymmetricActivations
            ? QuantizationParameters.Symmetric(range, _options.Activations)
            : QuantizationParameters.Affine(range, _options.Activations);

        // Never more than 0 during calibration: the codes must still cut off what the ReLU in front of them cut off.
        bool wasClipped = _plan.Maker(root) is { Clips.Count: > 0 } && range is { Min: >= 0, Max: <= 0 };
        return wasClipped ? new QuantizationParameters(1f / byte.MaxValue, _options.Activations == IntegerType.Int8 ? sbyte.MinValue : 0, _options.Activations) : parameters;
    }

    private (string Scale, string Zero) Steps(string value)
    {
        string root = _plan.Root(value);
        QuantizationParameters parameters = Parameters(root);
        if (!_scales.TryGetValue(root, out string? scale))
        {
            _scales.Add(root, scale = Constants.Scale(root + "_s", parameters.Scale));
        }

        return (scale, Constants.ZeroPoint(parameters));
    }

    /// <summary>Codes beside a value: those who compute in whole numbers read them, the others read the value.</summary>
    private void Branch(string value)
    {
        (string scale, string zero) = Steps(value);
        string codes = _names.Fresh(value + "_q");
        string back = _names.Fresh(value + "_dq");
        Add("QuantizeLinear", [value, scale, zero], codes);
        Add("DequantizeLinear", [codes, scale, zero], back);
        _codesOf[value] = back;
    }

    /// <summary>Puts codes behind what a unit writes.</summary>
    private void Leave(OnnxNode node, Unit unit)
    {
        foreach (string value in unit.Outputs.Where(_values.Contains))
        {
            if (!_plan.OnlyCodes(value))
            {
                Branch(value);
                continue;
            }

            // The value keeps its name behind the pair, so that nobody who reads it must be changed.
            string raw = _names.Fresh(value + "_raw");
            node.Output[Math.Max(0, node.Output.IndexOf(value))] = raw; // a ReLU that was merged made the value: then the node's only output takes its place
            (string scale, string zero) = Steps(value);
            string codes = _names.Fresh(value + "_q");
            Add("QuantizeLinear", [raw, scale, zero], codes);
            Add("DequantizeLinear", [codes, scale, zero], value);
        }
    }

    /// <summary>Lets a unit's node read codes.</summary>
    private void Read(Unit unit)
    {
        OnnxNode node = unit.Node;
        string[] read = [.. node.Input];
        foreach (int i in unit.Activations)
        {
            node.Input[i] = _codesOf.GetValueOrDefault(read[i], read[i]);
        }

        if (unit.Kind == UnitKind.Weighted)
        {
            ReadWeights(unit, read);
        }
        else if (unit.Kind == UnitKind.Between)
        {
            for (int i = 0; i < read.Length; i++)
            {
                if (_view.Constant(read[i]) is { } constant)
                {
                    node.Input[i] = Operand(constant);
                }
            }
        }
    }

    private void ReadWeights(Unit unit, string[] read)
    {
        OnnxNode node = unit.Node;
        if (unit.Activations is [1])
        {
            node.Input[0] = Operand(_view.Constant(read[0])!);
        }
        else if (unit.Activations is [0])
        {
            float step = Parameters(read[0]).Scale;
            (node.Input[1], string bias) = _weights.OfLayer(node, _view.Constant(read[1])!, read.Length > 2 ? _view.Constant(read[2]) : null, step, _nodes);
            if (bias.Length > 0)
            {
                node.Input[2] = bias;
            }
        }
    }

    /// <summary>A constant among activations: it has their type.</summary>
    private string Operand(OnnxTensor constant)
    {
        float[] values = FiniteValues.Of(constant);
        var range = new RealRange(Math.Min(0, TensorPrimitives.Min<float>(values)), Math.Max(0, TensorPrimitives.Max<float>(values)));
        QuantizationParameters steps = _options.SymmetricActivations ? QuantizationParameters.Symmetric(range, _options.Activations) : QuantizationParameters.Affine(range, _options.Activations);
        return _weights.Dequantized(constant.Name, "operand", WeightCodes.Of(values, [.. constant.Dims], -1, [steps]), _nodes);
    }

    /// <summary>Looks codes up and turns only those found into floats.</summary>
    private void WriteTable(OnnxNode node)
    {
        string value = node.Output[0];
        (node.Input[0], string scale, string zero) = _weights.Stored(_view.Constant(node.Input[0])!);
        string codes = node.Output[0] = _names.Fresh(value + "_q");
        _nodes.Add(node);
        Add("DequantizeLinear", [codes, scale, zero], value);
        if (_values.Contains(value))
        {
            Branch(value);
        }
    }

    private void Add(string operation, string[] inputs, string output) => _nodes.Add(WeightWriter.Node(operation, inputs, output));
}
