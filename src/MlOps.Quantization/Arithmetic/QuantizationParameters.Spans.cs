using System.Runtime.InteropServices;

namespace MlOps.Quantization.Arithmetic;

public readonly partial record struct QuantizationParameters
{
    /// <summary>Computes the codes of many values, each as <see cref="Quantize(float)"/> does.</summary>
    /// <param name="values">n values.</param>
    /// <param name="codes">Where the n codes go.</param>
    /// <exception cref="ArgumentException">The lengths differ, or the codes do not fit into the destination.</exception>
    public void Quantize(ReadOnlySpan<float> values, Span<sbyte> codes)
    {
        Check<sbyte>(values.Length, codes.Length, sbyte.MinValue, sbyte.MaxValue);
        QuantizeKernel.To8(values, MemoryMarshal.Cast<sbyte, byte>(codes), this);
    }

    /// <inheritdoc cref="Quantize(ReadOnlySpan{float}, Span{sbyte})"/>
    public void Quantize(ReadOnlySpan<float> values, Span<byte> codes)
    {
        Check<byte>(values.Length, codes.Length, byte.MinValue, byte.MaxValue);
        QuantizeKernel.To8(values, codes, this);
    }

    /// <inheritdoc cref="Quantize(ReadOnlySpan{float}, Span{sbyte})"/>
    public void Quantize(ReadOnlySpan<float> values, Span<short> codes)
    {
        Check<short>(values.Length, codes.Length, short.MinValue, short.MaxValue);
        QuantizeKernel.To16(values, MemoryMarshal.Cast<short, ushort>(codes), this);
    }

    /// <inheritdoc cref="Quantize(ReadOnlySpan{float}, Span{sbyte})"/>
    public void Quantize(ReadOnlySpan<float> values, Span<ushort> codes)
    {
        Check<ushort>(values.Length, codes.Length, ushort.MinValue, ushort.MaxValue);
        QuantizeKernel.To16(values, codes, this);
    }

    /// <inheritdoc cref="Quantize(ReadOnlySpan{float}, Span{sbyte})"/>
    public void Quantize(ReadOnlySpan<float> values, Span<int> codes)
    {
        Check<int>(values.Length, codes.Length, int.MinValue, int.MaxValue);
        QuantizeKernel.To32(values, codes, this);
    }

    /// <summary>Computes the values that many codes stand for, each as <see cref="Dequantize(int)"/> does.</summary>
    /// <param name="codes">n codes.</param>
    /// <param name="values">Where the n values go.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Dequantize(ReadOnlySpan<sbyte> codes, Span<float> values)
    {
        CheckLengths(codes.Length, values.Length);
        DequantizeKernel.From(codes, values, Scale, ZeroPoint);
    }

    /// <inheritdoc cref="Dequantize(ReadOnlySpan{sbyte}, Span{float})"/>
    public void Dequantize(ReadOnlySpan<byte> codes, Span<float> values)
    {
        CheckLengths(codes.Length, values.Length);
        DequantizeKernel.From(codes, values, Scale, ZeroPoint);
    }

    /// <inheritdoc cref="Dequantize(ReadOnlySpan{sbyte}, Span{float})"/>
    public void Dequantize(ReadOnlySpan<short> codes, Span<float> values)
    {
        CheckLengths(codes.Length, values.Length);
        DequantizeKernel.From(codes, values, Scale, ZeroPoint);
    }

    /// <inheritdoc cref="Dequantize(ReadOnlySpan{sbyte}, Span{float})"/>
    public void Dequantize(ReadOnlySpan<ushort> codes, Span<float> values)
    {
        CheckLengths(codes.Length, values.Length);
        DequantizeKernel.From(codes, values, Scale, ZeroPoint);
    }

    /// <inheritdoc cref="Dequantize(ReadOnlySpan{sbyte}, Span{float})"/>
    public void Dequantize(ReadOnlySpan<int> codes, Span<float> values)
    {
        CheckLengths(codes.Length, values.Length);
        DequantizeKernel.From(codes, values, Scale, ZeroPoint);
    }

    private void Check<T>(int values, int codes, int smallest, int largest)
    {
        CheckLengths(values, codes);
        if (Type.Minimum() < smallest || Type.Maximum() > largest)
        {
            throw new ArgumentException($"Codes of type {Type} go from {Type.Minimum()} to {Type.Maximum()}; they do not fit into {typeof(T).Name}.", nameof(codes));
        }
    }

    private static void CheckLengths(int from, int to)
    {
        if (from != to)
        {
            throw new ArgumentException($"Both spans need the same length: {from} come, there is room for {to}.", nameof(to));
        }
    }
}
