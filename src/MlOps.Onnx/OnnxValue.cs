using System.Globalization;

namespace MlOps.Onnx;

/// <remarks><see cref="Describe()"/> says it in short: <c>float[N, 30]</c>.</remarks>
public sealed partial class OnnxValue
{
    /// <summary>Gets the type of the elements; undefined if the value is no tensor or its type is not known.</summary>
    public OnnxElementType ElementType => Type?.TensorType?.ElemType ?? OnnxElementType.Undefined;

    /// <summary>Gets the dimensions of a tensor, −1 for one that is known only at run time; null if even their number is not known.</summary>
    public IReadOnlyList<long>? Dims => Type?.TensorType?.Shape is { } shape ? [.. shape.Dim.Select(dim => dim.HasDimValue ? dim.DimValue : -1)] : null;

    /// <summary>Returns type and shape in short: <c>float[N, 30]</c>, <c>string[N]</c>, <c>sequence(map(int64, float))</c>.</summary>
    public string Describe() => Describe(Type);

    /// <summary>A tensor: a name, the type of its elements, its dimensions (−1 is any size, shown as N in the first place).</summary>
    public static OnnxValue Tensor(string name, OnnxElementType type, params ReadOnlySpan<long> dims)
    {
        var shape = new OnnxShape();
        for (int i = 0; i < dims.Length; i++)
        {
            shape.Dim.Add(dims[i] >= 0 ? new OnnxDimension { DimValue = dims[i] } : i == 0 ? new OnnxDimension { DimParam = "N" } : new OnnxDimension());
        }

        return new OnnxValue { Name = name, Type = new OnnxType { TensorType = new OnnxTensorType { ElemType = type, Shape = shape } } };
    }

    private static string Describe(OnnxType? type) => type?.KindCase switch
    {
        OnnxType.KindOneofCase.TensorType => Describe(type.TensorType),
        OnnxType.KindOneofCase.SparseTensorType => $"sparse {Describe(type.SparseTensorType)}",
        OnnxType.KindOneofCase.SequenceType => $"sequence({Describe(type.SequenceType.ElemType)})",
        OnnxType.KindOneofCase.OptionalType => $"optional({Describe(type.OptionalType.ElemType)})",
        OnnxType.KindOneofCase.MapType => $"map({Text(type.MapType.KeyType)}, {Describe(type.MapType.ValueType)})",
        _ => "unknown",
    };

    private static string Describe(OnnxTensorType tensor) =>
        Text(tensor.ElemType) + (tensor.Shape is null ? "" : $"[{string.Join(", ", tensor.Shape.Dim.Select(Text))}]");

    private static string Text(OnnxDimension dim) => dim.ValueCase switch
    {
        OnnxDimension.ValueOneofCase.DimValue => dim.DimValue.ToString(CultureInfo.InvariantCulture),
        OnnxDimension.ValueOneofCase.DimParam => dim.DimParam,
        _ => "?",
    };

    private static string Text(OnnxElementType type) => type.ToString().ToLowerInvariant();
}
