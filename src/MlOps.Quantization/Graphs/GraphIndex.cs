using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Who makes and who reads each value, looked up at once; as the graph was when the index was made.</summary>
internal sealed class GraphIndex
{
    private readonly Dictionary<string, OnnxNode> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ValueReader>> _readers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxTensor> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outputs;

    internal GraphIndex(OnnxGraph graph)
    {
        Graph = graph;
        _outputs = [.. graph.Output.Select(output => output.Name)];
        HashSet<string> inputs = [.. graph.Input.Select(input => input.Name)];
        foreach (OnnxTensor tensor in graph.Initializer.Where(tensor => !inputs.Contains(tensor.Name)))
        {
            _constants[tensor.Name] = tensor;
        }

        foreach (OnnxNode node in graph.Node)
        {
            foreach (string value in node.Output.Where(value => value.Length > 0))
            {
                _producers[value] = node;
            }

            for (int i = 0; i < node.Input.Count; i++)
            {
                Read(node.Input[i], new ValueReader(node, i));
            }

            foreach (string value in Captured(node).Distinct())
            {
                Read(value, new ValueReader(node, ValueReader.Nested));
            }
        }
    }

    internal OnnxGraph Graph { get; }

    internal OnnxNode? Producer(string value) => _producers.GetValueOrDefault(value);

    /// <summary>The values of a constant that nobody can feed; null for anything else.</summary>
    internal OnnxTensor? Constant(string value) => _constants.GetValueOrDefault(value);

    /// <summary>Every place that reads the value; of a graph inside a node perhaps one that only has a value of this name.</summary>
    internal IReadOnlyList<ValueReader> Readers(string value) => _readers.TryGetValue(value, out List<ValueReader>? readers) ? readers : [];

    internal bool IsOutput(string value) => _outputs.Contains(value);

    /// <summary>Whether a nested graph reads a value of this name, perhaps this one.</summary>
    internal bool IsCaptured(string value) => Readers(value).Any(reader => reader.Input == ValueReader.Nested);

    /// <summary>Whether an output of the graph, or perhaps a nested graph, needs the value under this name.</summary>
    internal bool IsHeld(string value) => IsOutput(value) || IsCaptured(value);

    /// <summary>The node that alone reads the value, once; null if there are more, or it is held.</summary>
    internal OnnxNode? OnlyReader(string value) => !IsHeld(value) && Readers(value) is [var reader] ? reader.Node : null;

    /// <summary>Whether a constant belongs to one input alone, so that it may change.</summary>
    internal bool IsOwn(string constant) => OnlyReader(constant) is not null;

    private void Read(string value, ValueReader reader)
    {
        if (value.Length == 0)
        {
            return;
        }

        if (!_readers.TryGetValue(value, out List<ValueReader>? readers))
        {
            _readers.Add(value, readers = []);
        }

        readers.Add(reader);
    }

    /// <summary>Names that graphs inside a node may take from outside, or give out; a superset does no harm.</summary>
    private static IEnumerable<string> Captured(OnnxNode node) =>
        CompressionCheck.Nested(node).SelectMany(graph => graph.Node.SelectMany(inner => inner.Input.Concat(Captured(inner))).Concat(graph.Output.Select(output => output.Name)));
}
