using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Who makes and who reads each value, looked up at once; as the graph was when the index was made.</summary>
internal sealed class GraphIndex
{
    private readonly Dictionary<string, OnnxNode> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<OnnxNode>> _readers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxTensor> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _captured = new(StringComparer.Ordinal);

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

            foreach (string value in node.Input.Where(value => value.Length > 0))
            {
                if (!_readers.TryGetValue(value, out List<OnnxNode>? readers))
                {
                    _readers.Add(value, readers = []);
                }

                readers.Add(node);
            }

            foreach (OnnxNode nested in CompressionCheck.Nested(node).SelectMany(CompressionCheck.Everywhere))
            {
                _captured.UnionWith(nested.Input);
            }

            _captured.UnionWith(CompressionCheck.Nested(node).SelectMany(inner => inner.Output).Select(output => output.Name)); // a branch may give out an outer value
        }
    }

    internal OnnxGraph Graph { get; }

    internal OnnxNode? Producer(string value) => _producers.GetValueOrDefault(value);

    /// <summary>The values of a constant that nobody can feed; null for anything else.</summary>
    internal OnnxTensor? Constant(string value) => _constants.GetValueOrDefault(value);

    /// <summary>Whether an output of the graph, or perhaps a nested graph, needs the value under this name.</summary>
    internal bool IsHeld(string value) => _outputs.Contains(value) || IsCaptured(value);

    /// <summary>Whether a nested graph reads a value of this name, perhaps this one.</summary>
    internal bool IsCaptured(string value) => _captured.Contains(value);

    /// <summary>How many inputs of nodes read the value; nested graphs and outputs not counted.</summary>
    internal int ReaderCount(string value) => _readers.TryGetValue(value, out List<OnnxNode>? readers) ? readers.Count : 0;

    /// <summary>The node that alone reads the value, once; null if there are more, or it is held.</summary>
    internal OnnxNode? OnlyReader(string value) => !IsHeld(value) && _readers.TryGetValue(value, out List<OnnxNode>? readers) && readers.Count == 1 ? readers[0] : null;

    /// <summary>Whether a constant belongs to one input alone, so that it may change.</summary>
    internal bool IsOwn(string constant) => !IsHeld(constant) && ReaderCount(constant) == 1;
}
