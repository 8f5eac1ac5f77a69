using System.Runtime.InteropServices;
using MlOps.Onnx;

namespace MlOps.Quantization.Arithmetic;

public sealed partial class QuantizedTensor
{
    /// <summary>Returns the codes as a constant for an ONNX file.</summary>
    /// <param name="name">Its name.</param>
    public OnnxTensor ToOnnx(string name) => OnnxTensor.OfBytes(name, Type.ElementType(), ToBytes(), Shape);

    /// <summary>Returns the scales as a constant for QuantizeLinear and DequantizeLinear.</summary>
    /// <param name="name">Its name.</param>
    public OnnxTensor ScalesToOnnx(string name) => OnnxTensor.Of(name, _scales, [.. ParameterShape]);

    /// <summary>Returns the zero points as a constant for QuantizeLinear and DequantizeLinear, of the type of the codes.</summary>
    /// <param name="name">Its name.</param>
    public OnnxTensor ZeroPointsToOnnx(string name)
    {
        byte[] bytes = Type.Bits() switch
        {
            4 => Packed(Array.ConvertAll(_zeroPoints, zeroPoint => unchecked((byte)zeroPoint))),
            8 => Array.ConvertAll(_zeroPoints, zeroPoint => unchecked((byte)zeroPoint)),
            _ => [.. MemoryMarshal.AsBytes(Array.ConvertAll(_zeroPoints, zeroPoint => unchecked((ushort)zeroPoint)).AsSpan())],
        };
        return OnnxTensor.OfBytes(name, Type.ElementType(), bytes, ParameterShape);
    }
}
