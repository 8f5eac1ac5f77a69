using System.Runtime.InteropServices;
using Google.Protobuf;

namespace MlOps.Onnx;

public sealed partial class OnnxTensor
{
    /// <summary>A tensor of numbers in row-major order.</summary>
    /// <exception cref="ArgumentException">The product of <paramref name="dims"/> is not the number of values.</exception>
    public static OnnxTensor Of(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> dims) => Raw(name, OnnxElementType.Float, values, dims);

    /// <summary>A tensor of double numbers in row-major order.</summary>
    /// <exception cref="ArgumentException">The product of <paramref name="dims"/> is not the number of values.</exception>
    public static OnnxTensor Of(string name, ReadOnlySpan<double> values, params ReadOnlySpan<long> dims) => Raw(name, OnnxElementType.Double, values, dims);

    /// <summary>A tensor of whole numbers in row-major order.</summary>
    /// <exception cref="ArgumentException">The product of <paramref name="dims"/> is not the number of values.</exception>
    public static OnnxTensor Of(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> dims) => Raw(name, OnnxElementType.Int64, values, dims);

    /// <summary>A tensor of texts in row-major order.</summary>
    /// <exception cref="ArgumentException">The product of <paramref name="dims"/> is not the number of values.</exception>
    public static OnnxTensor Of(string name, IReadOnlyList<string> values, params ReadOnlySpan<long> dims)
    {
        ArgumentNullException.ThrowIfNull(values);
        OnnxTensor tensor = Shaped(name, OnnxElementType.String, values.Count, dims);
        tensor.StringData.AddRange(values.Select(ByteString.CopyFromUtf8));
        return tensor;
    }

    /// <summary>A tensor of any fixed-width type from its bytes, little-endian and row-major, as a file holds them.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Of its elements; two 4-bit numbers share a byte, the first in the low half.</param>
    /// <param name="bytes">As many as type and dimensions ask for.</param>
    /// <param name="dims">Its dimensions.</param>
    public static OnnxTensor OfBytes(string name, OnnxElementType type, ReadOnlySpan<byte> bytes, IEnumerable<long> dims)
    {
        var tensor = new OnnxTensor { Name = name, DataType = type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(dims);
        return tensor;
    }

    // The file is little-endian, as is every machine .NET 10 runs on but s390x.
    private static OnnxTensor Raw<T>(string name, OnnxElementType type, ReadOnlySpan<T> values, ReadOnlySpan<long> dims)
        where T : unmanaged
    {
        OnnxTensor tensor = Shaped(name, type, values.Length, dims);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
        return tensor;
    }

    private static OnnxTensor Shaped(string name, OnnxElementType type, int count, ReadOnlySpan<long> dims)
    {
        long product = 1;
        foreach (long dim in dims)
        {
            product = checked(product * dim);
        }

        if (product != count)
        {
            throw new ArgumentException($"Tensor '{name}' of shape [{string.Join(", ", dims.ToArray())}] needs {product} values; got {count}.", nameof(dims));
        }

        var tensor = new OnnxTensor { Name = name, DataType = type };
        tensor.Dims.AddRange(dims.ToArray());
        return tensor;
    }
}
