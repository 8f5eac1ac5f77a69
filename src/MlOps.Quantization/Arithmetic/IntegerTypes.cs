using MlOps.Onnx;

namespace MlOps.Quantization.Arithmetic;

/// <summary>What is fixed about each <see cref="IntegerType"/>: its width, its ends, and the codes that quantization aims at.</summary>
public static class IntegerTypes
{
    /// <summary>Returns the bits of a code: 4, 8 or 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the six types.</exception>
    public static int Bits(this IntegerType type) => type switch
    {
        IntegerType.Int4 or IntegerType.UInt4 => 4,
        IntegerType.Int8 or IntegerType.UInt8 => 8,
        IntegerType.Int16 or IntegerType.UInt16 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such type of codes."),
    };

    /// <summary>Returns whether codes may be negative.</summary>
    public static bool IsSigned(this IntegerType type) => type is IntegerType.Int4 or IntegerType.Int8 or IntegerType.Int16;

    /// <summary>Returns the smallest code that the type can store; smaller ones saturate there.</summary>
    public static int Minimum(this IntegerType type) => type.IsSigned() ? -(1 << (type.Bits() - 1)) : 0;

    /// <summary>Returns the largest code that the type can store; larger ones saturate there.</summary>
    public static int Maximum(this IntegerType type) => type.IsSigned() ? (1 << (type.Bits() - 1)) - 1 : (1 << type.Bits()) - 1;

    /// <summary>Returns the codes that the ends of a range are mapped to. They may be fewer than the type can store.</summary>
    /// <param name="type">What codes are stored in.</param>
    /// <param name="symmetric">Whether 0 lies in the middle: 8 and 16 bits then have one code less, so that there are as many above zero as below.</param>
    /// <param name="reduced">Whether to leave one bit free, for processors whose 8-bit products overflow in 16 bits; it wins over <paramref name="symmetric"/>.</param>
    /// <remarks>
    /// | type | all | symmetric | reduced |: int8 [−128, 127], [−127, 127], [−64, 64]; uint8 [0, 255], [0, 254], [0, 127]; int16 [−32768, 32767], [−32767, 32767],
    /// [−16384, 16384]; uint16 [0, 65535], [0, 65534], [0, 32767]; int4 [−8, 7], [−8, 7], [−4, 3]; uint4 [0, 15], [0, 15], [0, 7]. As ONNX Runtime's quantizer has them.
    /// </remarks>
    public static (int Minimum, int Maximum) Range(this IntegerType type, bool symmetric = false, bool reduced = false) => (type, reduced, symmetric) switch
    {
        (IntegerType.Int4, true, _) => (-4, 3),
        (IntegerType.UInt4, true, _) => (0, 7),
        (IntegerType.Int8, true, _) => (-64, 64),
        (IntegerType.UInt8, true, _) => (0, 127),
        (IntegerType.Int16, true, _) => (-16384, 16384),
        (IntegerType.UInt16, true, _) => (0, 32767),
        (IntegerType.Int8 or IntegerType.Int16, false, true) => (-type.Maximum(), type.Maximum()),
        (IntegerType.UInt8 or IntegerType.UInt16, false, true) => (0, type.Maximum() - 1),
        _ => (type.Minimum(), type.Maximum()),
    };

    /// <summary>Returns the type that an ONNX file gives a tensor of such codes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the six types.</exception>
    public static OnnxElementType ElementType(this IntegerType type) => type switch
    {
        IntegerType.Int4 => OnnxElementType.Int4,
        IntegerType.UInt4 => OnnxElementType.Uint4,
        IntegerType.Int8 => OnnxElementType.Int8,
        IntegerType.UInt8 => OnnxElementType.Uint8,
        IntegerType.Int16 => OnnxElementType.Int16,
        IntegerType.UInt16 => OnnxElementType.Uint16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such type of codes."),
    };
}
