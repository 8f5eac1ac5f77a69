using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Rewriting;

/// <summary>The index of a graph with the types of its values; the graph must not change meanwhile.</summary>
internal sealed class GraphView
{
    private readonly GraphIndex _index;
    private readonly IReadOnlyDictionary<string, OnnxValue> _types;

    internal GraphView(OnnxFile file)
        : this(file, ValueTypes.Of(file))
    {
    }

    /// <summary>Looks at a copy of the graph that another view has looked at.</summary>
    internal GraphView(OnnxFile copy, GraphView original)
        : this(copy, original._types)
    {
    }

    private GraphView(OnnxFile file, IReadOnlyDictionary<string, OnnxValue> types) => (_index, _types) = (new GraphIndex(file.Graph), types);

    internal OnnxGraph Graph => _index.Graph;

    internal OnnxNode? Producer(string value) => _index.Producer(value);

    internal IReadOnlyList<ValueReader> Readers(string value) => _index.Readers(value);

    /// <summary>Those readers that look at the numbers, not only at the shape.</summary>
    internal IEnumerable<ValueReader> NumberReaders(string value) => Readers(value).Where(reader => reader.Node.OpType is not ("Shape" or "Size"));

    internal OnnxTensor? Constant(string value) => _index.Constant(value);

    internal bool IsOutput(string value) => _index.IsOutput(value);

    internal bool IsFloat(string value) => TypeOf(value) == OnnxElementType.Float;

    internal OnnxElementType TypeOf(string value) =>
        Constant(value)?.DataType ?? (_types.TryGetValue(value, out OnnxValue? type) ? type.ElementType : OnnxElementType.Undefined);

    /// <summary>The number of dimensions; −1 if it is not known before a run.</summary>
    internal int RankOf(string value) => Constant(value)?.Dims.Count ?? (_types.TryGetValue(value, out OnnxValue? type) ? type.Dims?.Count ?? -1 : -1);

    internal OnnxNode? OnlyReader(string value) => _index.OnlyReader(value);
}
