using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Types and numbers of dimensions as far as they can be known: by a run of the model, when first asked, or else by what the file says.</summary>
internal sealed class KnownShapes(OnnxFile file, IReadOnlyDictionary<string, OnnxTensor>? inputs)
{
    private readonly Lazy<ValueShapes?> _run = new(() => Run(file, inputs));

    internal int? Rank(string value) => _run.Value?[value]?.Dims.Count ?? file.Graph.Value(value)?.Dims?.Count;

    internal OnnxElementType Type(string value) => _run.Value?[value]?.Type ?? file.Graph.Value(value)?.ElementType ?? OnnxElementType.Undefined;

    private static ValueShapes? Run(OnnxFile file, IReadOnlyDictionary<string, OnnxTensor>? inputs)
    {
        if (inputs is not null)
        {
            return ValueShapes.Of(file, inputs);
        }

        try
        {
            return ValueShapes.Of(file);
        }
        catch (OnnxException)
        {
            return null; // made-up inputs do not suit every model; then the file's own claims have to do
        }
    }
}
