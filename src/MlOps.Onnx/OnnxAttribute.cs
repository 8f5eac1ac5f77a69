using Google.Protobuf;

namespace MlOps.Onnx;

public sealed partial class OnnxAttribute
{
    /// <summary>A whole number, such as an axis.</summary>
    public static OnnxAttribute Of(string name, long value) => new() { Name = name, Type = OnnxAttributeType.Int, I = value };

    /// <summary>A number.</summary>
    public static OnnxAttribute Of(string name, float value) => new() { Name = name, Type = OnnxAttributeType.Float, F = value };

    /// <summary>A text.</summary>
    public static OnnxAttribute Of(string name, string value) => new() { Name = name, Type = OnnxAttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>A tensor.</summary>
    public static OnnxAttribute Of(string name, OnnxTensor value) => new() { Name = name, Type = OnnxAttributeType.Tensor, T = value };

    /// <summary>Whole numbers, such as the sizes of a kernel.</summary>
    public static OnnxAttribute Of(string name, params IEnumerable<long> values)
    {
        var attribute = new OnnxAttribute { Name = name, Type = OnnxAttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    /// <summary>Numbers.</summary>
    public static OnnxAttribute Of(string name, params IEnumerable<float> values)
    {
        var attribute = new OnnxAttribute { Name = name, Type = OnnxAttributeType.Floats };
        attribute.Floats.AddRange(values);
        return attribute;
    }

    /// <summary>Texts.</summary>
    public static OnnxAttribute Of(string name, params IEnumerable<string> values)
    {
        var attribute = new OnnxAttribute { Name = name, Type = OnnxAttributeType.Strings };
        attribute.Strings.AddRange(values.Select(ByteString.CopyFromUtf8));
        return attribute;
    }
}
