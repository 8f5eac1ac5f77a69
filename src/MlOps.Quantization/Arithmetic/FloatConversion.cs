using System.Numerics;
using System.Numerics.Tensors;

namespace MlOps.Quantization.Arithmetic;

/// <summary>Numbers of 32 bits to 16 bits and back, in both formats that models use. Every conversion rounds to the nearest number, halves to the one whose last bit is 0.</summary>
/// <remarks>
/// float16 has 5 bits of exponent and 10 of mantissa, bfloat16 8 and 7 (<see cref="NumberFormat"/>). What is too large becomes infinite, what is too small a subnormal number or zero, −0 stays −0,
/// and NaN stays NaN, always a quiet one. A bfloat16 is the upper half of a float and has no type of its own in .NET: it is kept in a <see cref="ushort"/>, as in an ONNX file.
/// <para>Source: IEEE 754-2019, sections 3.6 and 4.3.1; for bfloat16 the same rules on another format.</para>
/// </remarks>
public static class FloatConversion
{
    private const uint Infinity = 0x7F80_0000;
    private const uint QuietBit = 0x0040_0000;

    /// <summary>Converts to float16.</summary>
    /// <param name="values">n values.</param>
    /// <param name="halves">Where the n results go.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void ToFloat16(ReadOnlySpan<float> values, Span<Half> halves)
    {
        CheckLengths(values.Length, halves.Length);
        TensorPrimitives.ConvertToHalf(values, halves);
    }

    /// <summary>Converts from float16; every number of it is one of float32.</summary>
    /// <param name="halves">n values.</param>
    /// <param name="values">Where the n results go.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void FromFloat16(ReadOnlySpan<Half> halves, Span<float> values)
    {
        CheckLengths(halves.Length, values.Length);
        TensorPrimitives.ConvertToSingle(halves, values);
    }

    /// <summary>Converts one number to bfloat16.</summary>
    /// <returns>Its 16 bits.</returns>
    public static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? (ushort)((bits | QuietBit) >> 16) // rounding could carry a NaN over to −0
            : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16); // just under a half is added, and the rest of it if the last bit that stays is 1
    }

    /// <summary>Converts to bfloat16.</summary>
    /// <param name="values">n values.</param>
    /// <param name="bits">Where the 16 bits of the n results go.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void ToBFloat16(ReadOnlySpan<float> values, Span<ushort> bits)
    {
        CheckLengths(values.Length, bits.Length);
        int width = Vector<float>.Count;
        int i = 0;
        for (; i <= values.Length - (2 * width); i += 2 * width)
        {
            Vector.Narrow(Rounded(new Vector<float>(values[i..])), Rounded(new Vector<float>(values[(i + width)..]))).CopyTo(bits[i..]);
        }

        for (; i < values.Length; i++)
        {
            bits[i] = ToBFloat16(values[i]);
        }
    }

    /// <summary>Converts one number from bfloat16; every number of it is one of float32.</summary>
    /// <param name="bits">Its 16 bits.</param>
    public static float FromBFloat16(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>Converts from bfloat16.</summary>
    /// <param name="bits">The 16 bits of n values.</param>
    /// <param name="values">Where the n results go.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void FromBFloat16(ReadOnlySpan<ushort> bits, Span<float> values)
    {
        CheckLengths(bits.Length, values.Length);
        int width = Vector<float>.Count;
        int i = 0;
        for (; i <= bits.Length - (2 * width); i += 2 * width)
        {
            Vector.Widen(new Vector<ushort>(bits[i..]), out Vector<uint> low, out Vector<uint> high);
            (low << 16).As<uint, float>().CopyTo(values[i..]);
            (high << 16).As<uint, float>().CopyTo(values[(i + width)..]);
        }

        for (; i < bits.Length; i++)
        {
            values[i] = FromBFloat16(bits[i]);
        }
    }

    private static Vector<uint> Rounded(Vector<float> values)
    {
        Vector<uint> bits = values.As<float, uint>();
        Vector<uint> rounded = bits + new Vector<uint>(0x7FFF) + ((bits >>> 16) & Vector<uint>.One);
        Vector<uint> nan = Vector.GreaterThan(bits & new Vector<uint>(0x7FFF_FFFF), new Vector<uint>(Infinity));
        return Vector.ConditionalSelect(nan, bits | new Vector<uint>(QuietBit), rounded) >>> 16;
    }

    private static void CheckLengths(int from, int to)
    {
        if (from != to)
        {
            throw new ArgumentException($"Both spans need the same length: {from} come, there is room for {to}.", nameof(to));
        }
    }
}
