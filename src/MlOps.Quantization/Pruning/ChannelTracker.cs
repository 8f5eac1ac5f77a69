using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Pruning;

/// <summary>Follows channels through an ONNX graph, from the node that makes them to those that read them.</summary>
/// <remarks>
/// A group of channels may be pruned if every node on the way is known to treat each channel alone. Sums tie the groups of their operands together. Anything else blocks a
/// group, with a reason for people.
/// </remarks>
internal sealed partial class ChannelTracker
{
    private static readonly HashSet<string> s_elementwise = new(
    [
        "Relu", "LeakyRelu", "Sigmoid", "Tanh", "Erf", "Elu", "Selu", "Celu", "Softplus", "Softsign", "HardSigmoid", "HardSwish", "Mish", "Gelu", "ThresholdedRelu", "Clip",
        "Identity", "Dropout", "Sqrt", "Exp", "Log", "Abs", "Neg", "Reciprocal", "Round", "Floor", "Ceil", "Sign", "Sin", "Cos",
    ],
    StringComparer.Ordinal);

    private static readonly HashSet<string> s_broadcast = new(["Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "Sum", "Mean", "PRelu"], StringComparer.Ordinal);
    private static readonly HashSet<string> s_pools = new(["MaxPool", "AveragePool", "LpPool", "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"], StringComparer.Ordinal);

    private static readonly HashSet<string> s_weighted = new(["Conv", "ConvTranspose", "Gemm", "MatMul"], StringComparer.Ordinal);

    private readonly OnnxGraph _graph;
    private readonly ValueShapes _shapes;
    private readonly Dictionary<string, ChannelAxis> _axes = new(StringComparer.Ordinal);
    private readonly List<ChannelGroup> _groups = [];

    internal ChannelTracker(OnnxGraph graph, ValueShapes shapes)
    {
        (_graph, _shapes) = (graph, shapes);
        foreach (OnnxNode node in graph.Node)
        {
            Follow(node);
        }

        foreach (OnnxValue output in graph.Output)
        {
            if (_axes.TryGetValue(output.Name, out ChannelAxis axis))
            {
                axis.Group.Block("its units are outputs of the model");
            }
        }
    }

    /// <summary>Gets the groups, joined ones once, in the order of the graph.</summary>
    internal IEnumerable<ChannelGroup> Groups => _groups.Select(group => group.Root).Distinct();

    /// <summary>Lists the values that have the channels of a group.</summary>
    internal IEnumerable<string> ValuesOf(ChannelGroup group) => _axes.Where(pair => pair.Value.Group.Root == group.Root).Select(pair => pair.Key);

    private void Follow(OnnxNode node)
    {
        if (CompressionCheck.Nested(node).Any())
        {
            foreach ((string value, ChannelAxis axis) in _axes.Where(pair => node.Input.Contains(pair.Key) || CompressionCheck.Nested(node).Any(graph => Mentions(graph, pair.Key))))
            {
                axis.Group.Block($"{node.Title} reads '{value}' in a branch or loop");
            }

            return;
        }

        switch (node.Domain is "" or "ai.onnx" ? node.OpType : "")
        {
            case "Conv" or "ConvTranspose":
                Convolution(node);
                break;
            case "Gemm" or "MatMul":
                Product(node);
                break;
            case "BatchNormalization" or "InstanceNormalization" when AxisOf(node, 0) is { Axis: 1 } axis:
                for (int input = 1; input < node.Input.Count; input++)
                {
                    Cut(node, input, 0, axis, ChannelRole.Passage);
                }

                Pass(node, axis);
                break;
            case "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze":
                Rearrange(node);
                break;
            case "Transpose" when AxisOf(node, 0) is { } axis:
                IReadOnlyList<long> order = node.GetInts("perm");
                int rank = Rank(node.Input[0]);
                Pass(node, axis with { Axis = order.Count == 0 ? rank - 1 - axis.Axis : Array.IndexOf([.. order], (long)axis.Axis) });
                break;
            case "ReduceMean" or "ReduceSum" or "ReduceMax" or "ReduceMin" or "ReduceL1" or "ReduceL2" when AxisOf(node, 0) is { } axis:
                Reduce(node, axis);
                break;
            case "Pad" when AxisOf(node, 0) is { } axis:
                Pad(node, axis);
                break;
            case "Shape" when AxisOf(node, 0) is { } axis:
                if (!_graph.Consumers(node.Output[0]).All(reader => ReadsOther(reader, axis.Axis)))
                {
                    axis.Group.Block($"{node.Title} reads how many they are");
                }

                break;
            case var pool when s_pools.Contains(pool) && AxisOf(node, 0) is { Axis: 1 } axis && (node.Output.Count == 1 || _graph.Consumers(node.Output[1]).Count == 0):
                Pass(node, axis);
                break;
            case var unary when s_elementwise.Contains(unary) && AxisOf(node, 0) is { } axis:
                Pass(node, axis);
                break;
            case var broadcast when s_broadcast.Contains(broadcast):
                Broadcast(node);
                break;
            default:
                BlockInputs(node, $"{node.Title} reads them, and it is not known to treat each one alone");
                break;
        }
    }

    private void Convolution(OnnxNode node)
    {
        bool transposed = node.OpType == "ConvTranspose";
        ChannelAxis? read = AxisOf(node, 0);
        if (Weight(node) is not { } weight)
        {
            BlockInputs(node, $"{node.Title} has weights that are computed or not float32");
            return;
        }

        int groups = (int)node.GetInt("group", 1);
        int outputs = (int)(transposed ? weight.Dims[1] * groups : weight.Dims[0]);
        int inputs = (int)(transposed ? weight.Dims[0] : weight.Dims[1] * groups);
        if (groups == 1)
        {
            if (read is { } axis)
            {
                Cut(node, 1, transposed ? 0 : 1, axis, ChannelRole.Consumer);
            }

            Make(node, outputs, transposed ? 1 : 0, 2, 1);
        }
        else if (groups == inputs && inputs == outputs && read is { Block: 1 } axis)
        {
            Cut(node, 1, 0, axis, ChannelRole.Passage); // depthwise: a filter a channel
            Cut(node, 2, 0, axis, ChannelRole.Passage);
            Pass(node, axis);
        }
        else
        {
            read?.Group.Block($"{node.Title} reads them in {groups} groups of equal size");
        }
    }

    private void Product(OnnxNode node)
    {
        bool gemm = node.OpType == "Gemm";
        if (Weight(node) is not { Dims.Count: 2 } weight || (gemm && node.GetInt("transA", 0) != 0))
        {
            BlockInputs(node, $"{node.Title} has no matrix of constant weights in float32 as its second input");
            return;
        }

        bool turned = gemm && node.GetInt("transB", 0) == 1; // units × inputs
        int last = Rank(node.Input[0]) - 1;
        if (AxisOf(node, 0) is { } read)
        {
            if (read.Axis == last)
            {
                Cut(node, 1, turned ? 1 : 0, read, ChannelRole.Consumer);
            }
            else
            {
                read.Group.Block($"{node.Title} works on another axis of their values");
            }
        }

        Make(node, (int)weight.Dims[turned ? 0 : 1], turned ? 0 : 1, gemm ? 2 : -1, last);
    }

    /// <summary>Begins a group: the channels that a node makes.</summary>
    private void Make(OnnxNode node, int channels, int weightAxis, int bias, int axis)
    {
        var group = new ChannelGroup(channels);
        _groups.Add(group);
        var made = new ChannelAxis(group, axis, 1);
        Cut(node, 1, weightAxis, made, ChannelRole.Producer);
        if (bias > 0 && bias < node.Input.Count && node.Input[bias].Length > 0)
        {
            Spread(node, bias, made, Rank(node.Output[0]), node.OpType == "Gemm" ? null : 0);
        }

        Pass(node, made);
    }

    private void Broadcast(OnnxNode node)
    {
        int rank = Rank(node.Output[0]);
        ChannelAxis? common = null;
        for (int i = 0; i < node.Input.Count; i++)
        {
            if (AxisOf(node, i) is { } own)
            {
                ChannelAxis aligned = own with { Axis = own.Axis + rank - Rank(node.Input[i]) };
                if (common is not { } first)
                {
                    common = aligned;
                }
                else if (first.Axis == aligned.Axis && first.Block == aligned.Block && first.Group.Channels == aligned.Group.Channels)
                {
                    first.Group.Join(aligned.Group);
                }
                else
                {
                    first.Group.Block($"{node.Title} combines them with others in another order");
                    aligned.Group.Block($"{node.Title} combines them with others in another order");
                }
            }
        }

        if (common is not { } axis)
        {
            return;
        }

        for (int i = 0; i < node.Input.Count; i++)
        {
            if (AxisOf(node, i) is null)
            {
                Spread(node, i, axis, rank, null);
            }
        }

        Pass(node, axis);
    }

    /// <summary>An operand that is stretched to the shape of the output: if it is as wide as the channels, it must shrink with them.</summary>
    private void Spread(OnnxNode node, int input, ChannelAxis axis, int rank, int? constantAxis)
    {
        if (_shapes[node.Input[input]]?.Dims is not { } dims)
        {
            axis.Group.Block($"the shape of '{node.Input[input]}' at {node.Title} is not known");
            return;
        }

        int own = constantAxis ?? axis.Axis - rank + dims.Count;
        if (own < 0 || dims[own] == 1)
        {
            return; // one number for all channels
        }

        if (NodeWeight.Constant(_graph, node.Input[input]) is { DataType: OnnxElementType.Float } && dims[own] == (long)axis.Group.Channels * axis.Block)
        {
            axis.Group.Add(new ChannelCut(node, input, own, axis.Block, ChannelRole.Passage));
        }
        else
        {
            axis.Group.Block($"{node.Title} combines them with '{node.Input[input]}', whose width is fixed");
        }
    }

    private void Reduce(OnnxNode node, ChannelAxis axis)
    {
        int rank = Rank(node.Input[0]);
        long[]? axes = node.Has("axes") ? [.. node.GetInts("axes")]
            : node.Input.Count > 1 && node.Input[1].Length > 0 ? NodeWeight.Constant(_graph, node.Input[1])?.ToLongs()
            : null;
        int[] gone = [.. (axes ?? []).Select(one => (int)(one < 0 ? one + rank : one))];
        if (gone.Length == 0 || gone.Contains(axis.Axis))
        {
            axis.Group.Block($"{node.Title} reads all of them at once");
            return;
        }

        Pass(node, node.GetInt("keepdims", 1) == 1 ? axis : axis with { Axis = axis.Axis - gone.Count(one => one < axis.Axis) });
    }

    private void Pad(OnnxNode node, ChannelAxis axis)
    {
        int rank = Rank(node.Input[0]);
        long[]? pads = node.Has("pads") ? [.. node.GetInts("pads")] : node.Input.Count > 1 ? NodeWeight.Constant(_graph, node.Input[1])?.ToLongs() : null;
        if (pads?.Length == 2 * rank && pads[axis.Axis] == 0 && pads[axis.Axis + rank] == 0)
        {
            Pass(node, axis);
        }
        else
        {
            axis.Group.Block($"{node.Title} may add channels");
        }
    }

    private bool ReadsOther(OnnxNode reader, int axis) =>
        reader.OpType == "Gather" && NodeWeight.Constant(_graph, reader.Input[1])?.ToLongs() is { } places && places.All(place => place >= 0 && place != axis);

    private void BlockInputs(OnnxNode node, string reason)
    {
        for (int i = 0; i < node.Input.Count; i++)
        {
            AxisOf(node, i)?.Group.Block(reason);
        }
    }

    private void Cut(OnnxNode node, int input, int arrayAxis, ChannelAxis axis, ChannelRole role)
    {
        if (input >= node.Input.Count || node.Input[input].Length == 0)
        {
            return;
        }

        if (NodeWeight.Constant(_graph, node.Input[input]) is { DataType: OnnxElementType.Float } tensor && arrayAxis < tensor.Dims.Count && tensor.Dims[arrayAxis] == (long)axis.Group.Channels * axis.Block)
        {
            axis.Group.Add(new ChannelCut(node, input, arrayAxis, axis.Block, role));
            if (role != ChannelRole.Passage && _graph.Consumers(node.Input[input]).FirstOrDefault(reader => !s_weighted.Contains(reader.OpType)) is { } other)
            {
                axis.Group.Block($"'{node.Input[input]}', the weights of {node.Title}, is read by {other.Title} too");
            }
        }
        else
        {
            axis.Group.Block($"'{node.Input[input]}' of {node.Title} is computed, not float32, or of another width");
        }
    }

    private void Pass(OnnxNode node, ChannelAxis axis)
    {
        foreach (string output in node.Output.Where(output => output.Length > 0))
        {
            _axes[output] = axis;
        }
    }

    private OnnxTensor? Weight(OnnxNode node) =>
        NodeWeight.Find(_graph, node) is { Input: 1, Tensor: { DataType: OnnxElementType.Float } tensor } && _shapes[node.Output[0]] is not null ? tensor : null;

    private ChannelAxis? AxisOf(OnnxNode node, int input) => input < node.Input.Count && _axes.TryGetValue(node.Input[input], out ChannelAxis axis) ? axis : null;

    private int Rank(string value) => _shapes[value]?.Dims.Count ?? 0;

    private static bool Mentions(OnnxGraph graph, string value) =>
        CompressionCheck.Everywhere(graph).Any(node => node.Input.Contains(value)) || graph.Output.Any(output => output.Name == value);
}
