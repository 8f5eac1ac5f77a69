using MlOps.Onnx;

namespace MlOps.Quantization.Rewriting;

/// <summary>Who makes and who reads each value of a graph, looked up once; the graph must not change meanwhile.</summary>
internal sealed class GraphView
{
    private readonly Dictionary<string, OnnxNode> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Reader>> _readers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxTensor> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxValue> _types;
    private readonly HashSet<string> _outputs;

    internal GraphView(OnnxFile file)
        : this(file, Types(file))
    {
    }

    /// <summary>Looks at a copy of the graph that another view has looked at.</summary>
    internal GraphView(OnnxFile copy, GraphView original)
        : this(copy, original._types)
    {
    }

    private GraphView(OnnxFile file, Dictionary<string, OnnxValue> types)
    {
        Graph = file.Graph;
        _types = types;
        _outputs = new HashSet<string>(Graph.Output.Select(output => output.Name), StringComparer.Ordinal);
        foreach (OnnxTensor tensor in Graph.Initializer)
        {
            _constants[tensor.Name] = tensor;
        }

        foreach (OnnxNode node in Graph.Node)
        {
            foreach (string output in node.Output.Where(output => output.Length > 0))
            {
                _producers[output] = node;
            }

            for (int i = 0; i < node.Input.Count; i++)
            {
                Read(node.Input[i], new Reader(node, i));
            }

            foreach (string value in Captured(node).Distinct())
            {
                Read(value, new Reader(node, -1));
            }
        }
    }

    internal OnnxGraph Graph { get; }

    /// <summary>The name people know a node by: its own, or its first output's.</summary>
    internal static string NameOf(OnnxNode node) => node.Name.Length > 0 ? node.Name : node.Output[0];

    internal OnnxNode? Producer(string value) => _producers.GetValueOrDefault(value);

    internal IReadOnlyList<Reader> Readers(string value) => _readers.TryGetValue(value, out List<Reader>? readers) ? readers : [];

    /// <summary>Those readers that look at the numbers, not only at the shape.</summary>
    internal IEnumerable<Reader> NumberReaders(string value) => Readers(value).Where(reader => reader.Node.OpType is not ("Shape" or "Size"));

    internal OnnxTensor? Constant(string value) => _constants.GetValueOrDefault(value);

    internal bool IsOutput(string value) => _outputs.Contains(value);

    internal bool IsFloat(string value) => TypeOf(value) == OnnxElementType.Float;

    internal OnnxElementType TypeOf(string value) =>
        Constant(value)?.DataType ?? (_types.TryGetValue(value, out OnnxValue? type) ? type.ElementType : OnnxElementType.Undefined);

    /// <summary>The number of dimensions; −1 if it is not known before a run.</summary>
    internal int RankOf(string value) => Constant(value)?.Dims.Count ?? (_types.TryGetValue(value, out OnnxValue? type) ? type.Dims?.Count ?? -1 : -1);

    /// <summary>The only node that reads a value, if the value is no output of the graph and nobody else reads it.</summary>
    internal OnnxNode? OnlyReader(string value) =>
        !IsOutput(value) && Readers(value) is [var reader] && reader.Input >= 0 ? reader.Node : null;

    private void Read(string value, Reader reader)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (!_readers.TryGetValue(value, out List<Reader>? readers))
        {
            _readers.Add(value, readers = []);
        }

        readers.Add(reader);
    }

    /// <summary>Names that graphs inside a node may take from outside; a superset does no harm.</summary>
    private static IEnumerable<string> Captured(OnnxNode node) =>
        node.Attribute.SelectMany(attribute => attribute.G is null ? (IEnumerable<OnnxGraph>)attribute.Graphs : [attribute.G, .. attribute.Graphs])
            .SelectMany(graph => graph.Node.SelectMany(inner => inner.Input.Concat(Captured(inner))).Concat(graph.Output.Select(output => output.Name)));

    /// <summary>What ONNX Runtime infers about every value when it loads the model; no row is needed.</summary>
    private static Dictionary<string, OnnxValue> Types(OnnxFile file)
    {
        OnnxFile shown = file.Clone();
        HashSet<string> known = new(shown.Graph.Output.Select(output => output.Name), StringComparer.Ordinal);
        foreach (string value in shown.Graph.Node.SelectMany(node => node.Output).Where(value => value.Length > 0 && known.Add(value)))
        {
            shown.Graph.Output.Add(new OnnxValue { Name = value });
        }

        using var model = OnnxModel.Open(shown);
        return model.Outputs.Concat(model.Inputs).GroupBy(value => value.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }
}
