using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MlOps.Onnx.Running;

/// <summary>Reads what ONNX Runtime computed.</summary>
internal static class OutputValues
{
    /// <summary>The values of a tensor of numbers, in row-major order.</summary>
    internal static double[] Numbers(OrtValue value, string name) => Type(value) switch
    {
        OnnxElementType.Float => Convert<float>(value, number => number),
        OnnxElementType.Double => value.GetTensorDataAsSpan<double>().ToArray(),
        OnnxElementType.Float16 => Convert<Float16>(value, number => (float)number),
        OnnxElementType.Int64 => Convert<long>(value, number => number),
        OnnxElementType.Int32 => Convert<int>(value, number => number),
        OnnxElementType.Uint8 => Convert<byte>(value, number => number),
        OnnxElementType.Int8 => Convert<sbyte>(value, number => number),
        OnnxElementType.Bool => Convert<bool>(value, flag => flag ? 1 : 0),
        var other => throw new OnnxException($"Output '{name}' gives {other}, which is no number."),
    };

    /// <summary>The values of a tensor of text or whole numbers, as text.</summary>
    internal static string[] Names(OrtValue value, string name) =>
        Type(value) == OnnxElementType.String
            ? value.GetStringTensorAsArray()
            : Array.ConvertAll(Numbers(value, name), number => number.ToString("0", CultureInfo.InvariantCulture));

    /// <summary>Type of a tensor's elements; undefined if it is no tensor.</summary>
    internal static OnnxElementType Type(OrtValue value) =>
        value.IsTensor ? (OnnxElementType)value.GetTensorTypeAndShape().ElementDataType : OnnxElementType.Undefined;

    /// <summary>A tensor as a plain object.</summary>
    internal static OnnxTensor ToTensor(OrtValue value, string name)
    {
        OnnxElementType type = Type(value);
        if (type == OnnxElementType.Undefined)
        {
            throw new OnnxException($"Output '{name}' is a {value.OnnxType}, no tensor.");
        }

        long[] dims = value.GetTensorTypeAndShape().Shape;
        return type == OnnxElementType.String
            ? OnnxTensor.Of(name, value.GetStringTensorAsArray(), dims)
            : OnnxTensor.OfBytes(name, type, value.GetTensorMutableRawData(), dims);
    }

    /// <summary>Type and dimensions alone.</summary>
    internal static OnnxValue ToPort(OrtValue value, string name) =>
        Type(value) is var type && type == OnnxElementType.Undefined ? new OnnxValue { Name = name } : OnnxValue.Tensor(name, type, value.GetTensorTypeAndShape().Shape);

    /// <summary>A plain object as what ONNX Runtime takes.</summary>
    internal static OrtValue FromTensor(OnnxTensor tensor)
    {
        long[] dims = [.. tensor.Dims];
        if (tensor.DataType == OnnxElementType.String)
        {
            return OrtValue.CreateFromStringTensor(new DenseTensor<string>(tensor.ToTexts(), Array.ConvertAll(dims, dim => (int)dim)));
        }

        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)tensor.DataType, dims);
        Span<byte> memory = value.GetTensorMutableRawData();
        ReadOnlySpan<byte> bytes = tensor.Bytes();
        if (memory.Length != bytes.Length)
        {
            value.Dispose();
            throw new OnnxException($"Tensor '{tensor.Name}' of shape [{tensor.Shape}] needs {memory.Length} bytes; it holds {bytes.Length}.");
        }

        bytes.CopyTo(memory);
        return value;
    }

    private static double[] Convert<T>(OrtValue value, Func<T, double> convert)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = value.GetTensorDataAsSpan<T>();
        var numbers = new double[values.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = convert(values[i]);
        }

        return numbers;
    }
}
