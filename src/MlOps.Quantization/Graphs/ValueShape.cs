using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Type and dimensions that a value of a graph has for certain inputs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Of its elements.</param>
/// <param name="Dims">Its dimensions, each ≥ 0; none for a scalar.</param>
public sealed record ValueShape(string Name, OnnxElementType Type, IReadOnlyList<long> Dims)
{
    /// <summary>Gets the number of elements: the product of the dimensions, 1 for a scalar, 0 for an empty tensor.</summary>
    public long Count => Dims.Aggregate(1L, (product, dim) => checked(product * dim));

    /// <summary>Gets the bytes that the elements take in memory; two 4-bit numbers share a byte, text counts 0.</summary>
    public long Bytes => Type switch
    {
        OnnxElementType.Double or OnnxElementType.Int64 or OnnxElementType.Uint64 or OnnxElementType.Complex64 => Count * 8,
        OnnxElementType.Complex128 => Count * 16,
        OnnxElementType.Float or OnnxElementType.Int32 or OnnxElementType.Uint32 => Count * 4,
        OnnxElementType.Float16 or OnnxElementType.Bfloat16 or OnnxElementType.Int16 or OnnxElementType.Uint16 => Count * 2,
        OnnxElementType.Int4 or OnnxElementType.Uint4 => (Count + 1) / 2,
        OnnxElementType.String or OnnxElementType.Undefined => 0,
        _ => Count,
    };

    /// <summary>Returns name, type and dimensions: <c>h: float[8, 64]</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Type.ToString().ToLowerInvariant()}[{string.Join(", ", Dims)}]");
}
