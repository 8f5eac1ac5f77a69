using Microsoft.ML.OnnxRuntime;

namespace MlOps.Onnx.Running;

/// <summary>Inputs and outputs of a session as the same objects that files have.</summary>
internal static class Ports
{
    internal static IReadOnlyList<OnnxValue> Of(IReadOnlyList<string> names, IReadOnlyDictionary<string, NodeMetadata> metadata) =>
        [.. names.Select(name => new OnnxValue { Name = name, Type = Type(metadata[name]) })];

    private static OnnxType Type(NodeMetadata port) => port.OnnxValueType switch
    {
        OnnxValueType.ONNX_TYPE_TENSOR => new OnnxType { TensorType = Tensor(port) },
        OnnxValueType.ONNX_TYPE_SPARSETENSOR => new OnnxType { SparseTensorType = Tensor(port) },
        OnnxValueType.ONNX_TYPE_SEQUENCE => new OnnxType { SequenceType = new OnnxSequenceType { ElemType = Type(port.AsSequenceMetadata().ElementMeta) } },
        OnnxValueType.ONNX_TYPE_OPTIONAL => new OnnxType { OptionalType = new OnnxSequenceType { ElemType = Type(port.AsOptionalMetadata().ElementMeta) } },
        OnnxValueType.ONNX_TYPE_MAP => new OnnxType
        {
            MapType = new OnnxMapType { KeyType = (OnnxElementType)port.AsMapMetadata().KeyDataType, ValueType = Type(port.AsMapMetadata().ValueMetadata) },
        },
        _ => new OnnxType(),
    };

    // Both number the types of elements as the standard does.
    private static OnnxTensorType Tensor(NodeMetadata port)
    {
        var shape = new OnnxShape();
        for (int i = 0; i < port.Dimensions.Length; i++)
        {
            shape.Dim.Add(port.Dimensions[i] >= 0 ? new OnnxDimension { DimValue = port.Dimensions[i] }
                : port.SymbolicDimensions[i].Length > 0 ? new OnnxDimension { DimParam = port.SymbolicDimensions[i] }
                : new OnnxDimension());
        }

        return new OnnxTensorType { ElemType = (OnnxElementType)port.ElementDataType, Shape = shape };
    }
}
