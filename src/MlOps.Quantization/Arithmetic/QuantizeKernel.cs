using System.Numerics;
using System.Runtime.CompilerServices;

namespace MlOps.Quantization.Arithmetic;

/// <summary>The inner loops from values to codes. An 8- or 16-bit code is the low end of the whole number, signed or not.</summary>
internal static class QuantizeKernel
{
    internal static void To8(ReadOnlySpan<float> values, Span<byte> codes, QuantizationParameters parameters)
    {
        var lanes = new Lanes(parameters);
        int width = Vector<float>.Count;
        int i = 0;
        for (; i <= values.Length - (4 * width); i += 4 * width)
        {
            Vector<short> first = Vector.Narrow(lanes.Codes(values[i..]), lanes.Codes(values[(i + width)..]));
            Vector<short> second = Vector.Narrow(lanes.Codes(values[(i + (2 * width))..]), lanes.Codes(values[(i + (3 * width))..]));
            Vector.Narrow(first.As<short, ushort>(), second.As<short, ushort>()).CopyTo(codes[i..]);
        }

        for (; i < values.Length; i++)
        {
            codes[i] = unchecked((byte)parameters.Quantize(values[i]));
        }
    }

    internal static void To16(ReadOnlySpan<float> values, Span<ushort> codes, QuantizationParameters parameters)
    {
        var lanes = new Lanes(parameters);
        int width = Vector<float>.Count;
        int i = 0;
        for (; i <= values.Length - (2 * width); i += 2 * width)
        {
            Vector.Narrow(lanes.Codes(values[i..]).As<int, uint>(), lanes.Codes(values[(i + width)..]).As<int, uint>()).CopyTo(codes[i..]);
        }

        for (; i < values.Length; i++)
        {
            codes[i] = unchecked((ushort)parameters.Quantize(values[i]));
        }
    }

    internal static void To32(ReadOnlySpan<float> values, Span<int> codes, QuantizationParameters parameters)
    {
        var lanes = new Lanes(parameters);
        int width = Vector<float>.Count;
        int i = 0;
        for (; i <= values.Length - width; i += width)
        {
            lanes.Codes(values[i..]).CopyTo(codes[i..]);
        }

        for (; i < values.Length; i++)
        {
            codes[i] = parameters.Quantize(values[i]);
        }
    }

    /// <summary>Codes of a row whose every value has parameters of its own: the columns of a matrix that is quantized by column.</summary>
    /// <param name="values">n values.</param>
    /// <param name="codes">n codes.</param>
    /// <param name="scales">n scales.</param>
    /// <param name="zeroPoints">n zero points.</param>
    /// <param name="type">What codes are stored in: at most 8 bits for <see cref="byte"/>.</param>
    internal static void Each(ReadOnlySpan<float> values, Span<byte> codes, ReadOnlySpan<float> scales, ReadOnlySpan<int> zeroPoints, IntegerType type)
    {
        (Vector<int> minimum, Vector<int> maximum) = (new Vector<int>(type.Minimum()), new Vector<int>(type.Maximum()));
        int width = Vector<float>.Count;
        int last = values.Length - (4 * width);
        int i = 0;
        for (; i <= last; i += i < last && i > last - (4 * width) ? last - i : 4 * width) // the rest is done with the values before it once more: rows are short and many
        {
            Vector<short> first = Vector.Narrow(Codes(values, scales, zeroPoints, i, minimum, maximum), Codes(values, scales, zeroPoints, i + width, minimum, maximum));
            Vector<short> second = Vector.Narrow(Codes(values, scales, zeroPoints, i + (2 * width), minimum, maximum), Codes(values, scales, zeroPoints, i + (3 * width), minimum, maximum));
            Vector.Narrow(first.As<short, ushort>(), second.As<short, ushort>()).CopyTo(codes[i..]);
        }

        for (; i < values.Length; i++)
        {
            codes[i] = unchecked((byte)new QuantizationParameters(scales[i], zeroPoints[i], type).Quantize(values[i]));
        }
    }

    /// <inheritdoc cref="Each(ReadOnlySpan{float}, Span{byte}, ReadOnlySpan{float}, ReadOnlySpan{int}, IntegerType)"/>
    internal static void Each(ReadOnlySpan<float> values, Span<ushort> codes, ReadOnlySpan<float> scales, ReadOnlySpan<int> zeroPoints, IntegerType type)
    {
        for (int i = 0; i < values.Length; i++)
        {
            codes[i] = unchecked((ushort)new QuantizationParameters(scales[i], zeroPoints[i], type).Quantize(values[i]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Codes(ReadOnlySpan<float> values, ReadOnlySpan<float> scales, ReadOnlySpan<int> zeroPoints, int i, Vector<int> minimum, Vector<int> maximum)
    {
        Vector<int> zeroPoint = new(zeroPoints[i..]);
        return Code(new Vector<float>(values[i..]) / new Vector<float>(scales[i..]), Vector.ConvertToSingle(minimum - zeroPoint), Vector.ConvertToSingle(maximum - zeroPoint), zeroPoint);
    }

    /// <summary>Clipping before rounding: the ends are whole numbers, and what is left fits into an int. NaN is not larger than the lower end, so it becomes that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> Code(Vector<float> quotient, Vector<float> low, Vector<float> high, Vector<int> zeroPoint)
    {
        Vector<float> raised = Vector.ConditionalSelect(Vector.GreaterThan(quotient, low), quotient, low);
        Vector<float> clipped = Vector.ConditionalSelect(Vector.LessThan(raised, high), raised, high);
        return Vector.ConvertToInt32Native(Vector.Round(clipped)) + zeroPoint;
    }

    private readonly struct Lanes(QuantizationParameters parameters)
    {
        private readonly Vector<float> _scale = new(parameters.Scale);
        private readonly Vector<float> _low = new(parameters.Type.Minimum() - parameters.ZeroPoint);
        private readonly Vector<float> _high = new(parameters.Type.Maximum() - parameters.ZeroPoint);
        private readonly Vector<int> _zeroPoint = new(parameters.ZeroPoint);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector<int> Codes(ReadOnlySpan<float> values) => Code(new Vector<float>(values) / _scale, _low, _high, _zeroPoint);
    }
}
