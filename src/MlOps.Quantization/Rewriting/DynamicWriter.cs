using MlOps.Onnx;

namespace MlOps.Quantization.Rewriting;

/// <summary>Writes integer products whose left factor is quantized at run time.</summary>
internal sealed class DynamicWriter
{
    private readonly GraphView _view;
    private readonly DynamicPlan _plan;
    private readonly DynamicOptions _options;
    private readonly OnnxGraph _graph;
    private readonly Names _names;
    private readonly WeightWriter _weights;
    private readonly Dictionary<string, (string Codes, string Scale, string Zero)> _activations = new(StringComparer.Ordinal);
    private readonly List<OnnxNode> _nodes = [];

    internal DynamicWriter(GraphView view, DynamicPlan plan, DynamicOptions options)
    {
        (_view, _plan, _options, _graph) = (view, plan, options, view.Graph);
        _names = new Names(_graph);
        Constants = new ConstantStore(_graph, _names);
        _weights = new WeightWriter(Constants, _names, options.Weights, options.PerChannel, options.ReduceRange);
    }

    internal ConstantStore Constants { get; }

    /// <summary>Changes the graph of the view, which is of no use afterwards.</summary>
    internal void Write()
    {
        foreach (OnnxNode node in _graph.Node)
        {
            if (_plan.IsWeighted(node))
            {
                WriteProduct(node);
            }
            else if (_plan.IsTable(node))
            {
                WriteTable(node);
            }
            else
            {
                if (_plan.IsStored(node) && node.OpType == "Conv")
                {
                    node.Input[1] = _weights.OfLayer(node, _view.Constant(node.Input[1])!, null, 0, _nodes).Weights;
                }
                else if (_plan.IsStored(node))
                {
                    foreach (int i in Operators.LargeConstants(node, _view).ToList())
                    {
                        node.Input[i] = _weights.StoredAsFloats(_view.Constant(node.Input[i])!, _nodes);
                    }
                }

                _nodes.Add(node);
            }
        }

        _graph.Node.Clear();
        _graph.Node.AddRange(_nodes);
        _graph.RemoveUnused();
    }

    private void WriteProduct(OnnxNode node)
    {
        (string Codes, string Scale, string Zero) x = Activation(node.Input[0]);
        OnnxTensor tensor = _view.Constant(node.Input[1])!;
        OnnxTensor? floats = node.Input.Count > 2 && node.Input[2].Length > 0 ? _view.Constant(node.Input[2]) : null;
        LayerConstants layer = LayerConstants.Of(node, FiniteValues.Of(tensor), [.. tensor.Dims], floats is null ? null : FiniteValues.Of(floats));
        bool convolves = node.OpType == "Conv";
        layer = convolves ? layer : layer.RowsFirst(node.OpType == "Gemm" && node.GetInt("transB", 0) != 0);
        int axis = _options.PerChannel ? layer.ChannelAxis : -1;
        WeightCodes codes = WeightCodes.Of(layer.Weights, layer.Dims, axis, WeightCodes.Choose(layer.Weights, layer.Dims, axis, _options.Weights, _options.ReduceRange));
        Constants.Watch(tensor.Name, layer.Weights, codes);
        (string weights, string step, _) = Constants.Add(tensor.Name, layer.Use, codes);

        // A convolution's channels are not the last dimension: its scales and its bias are shaped so that they meet them.
        long[] channels = convolves ? [1, layer.Dims[0], .. layer.Dims.Skip(2).Select(_ => 1L)] : [];
        if (convolves && axis >= 0)
        {
            step = Constants.Floats(tensor.Name + "_s", layer.Use, Array.ConvertAll(codes.Parameters, channel => channel.Scale), channels);
        }

        string name = node.Label;
        string sum = _names.Fresh(name + "_sum");
        OnnxNode product = WeightWriter.Node(convolves ? "ConvInteger" : "MatMulInteger", [x.Codes, weights, x.Zero, Constants.ZeroPoint(codes.Parameters[0])], sum);
        product.Name = node.Name;
        product.Attribute.AddRange(convolves ? node.Attribute : []);
        string cast = Emit("Cast", [sum], name + "_cast", OnnxAttribute.Of("to", (long)OnnxElementType.Float), product);
        string scale = Emit("Mul", [x.Scale, step], name + "_scale");
        if (layer.Bias is null)
        {
            _nodes.Add(WeightWriter.Node("Mul", [cast, scale], node.Output[0]));
        }
        else
        {
            string bias = Constants.Floats(floats!.Name, $"bias|{layer.Use}", layer.Bias, convolves ? channels : [layer.Bias.Length]);
            _nodes.Add(WeightWriter.Node("Add", [Emit("Mul", [cast, scale], name + "_scaled"), bias], node.Output[0]));
        }
    }

    /// <summary>Codes, scale and zero point of an activation, found at run time, once for all that read it.</summary>
    private (string Codes, string Scale, string Zero) Activation(string value)
    {
        if (!_activations.TryGetValue(value, out (string, string, string) codes))
        {
            codes = (_names.Fresh(value + "_q"), _names.Fresh(value + "_s"), _names.Fresh(value + "_z"));
            _activations.Add(value, codes);
            _nodes.Add(WeightWriter.Node("DynamicQuantizeLinear", [value], codes.Item1, codes.Item2, codes.Item3));
        }

        return codes;
    }

    private void WriteTable(OnnxNode node)
    {
        string value = node.Output[0];
        (node.Input[0], string scale, string zero) = _weights.Stored(_view.Constant(node.Input[0])!);
        node.Output[0] = _names.Fresh(value + "_q");
        _nodes.Add(node);
        _nodes.Add(WeightWriter.Node("DequantizeLinear", [node.Output[0], scale, zero], value));
    }

    private string Emit(string operation, string[] inputs, string stem, OnnxAttribute? attribute = null, OnnxNode? before = null)
    {
        if (before is not null)
        {
            _nodes.Add(before);
        }

        string output = _names.Fresh(stem);
        OnnxNode node = WeightWriter.Node(operation, inputs, output);
        if (attribute is not null)
        {
            node.Attribute.Add(attribute);
        }

        _nodes.Add(node);
        return output;
    }
}
