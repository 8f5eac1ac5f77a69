using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MlOps.Quantization.Arithmetic;

/// <summary>A tensor as codes with their scales and zero points. Never changes.</summary>
/// <remarks>
/// Each group of values that shares a scale (<see cref="Granularity"/>) gets the range from its smallest to its largest value, by <see cref="QuantizationParameters.Affine(RealRange, IntegerType, bool)"/> or
/// <see cref="QuantizationParameters.Symmetric(RealRange, IntegerType, bool)"/>. One value of 10³⁰ therefore turns all others of its group into zero: look at <see cref="Error"/>, and cut the range or use smaller groups.
/// </remarks>
public sealed partial class QuantizedTensor
{
    private readonly QuantizationLayout _layout;
    private readonly byte[] _narrow; // codes of at most 8 bits, or
    private readonly ushort[] _wide; // codes of 16 bits
    private readonly float[] _scales;
    private readonly int[] _zeroPoints;

    private QuantizedTensor(QuantizationLayout layout, Granularity granularity, IntegerType type, int count, float[] scales, int[] zeroPoints)
    {
        (_layout, Granularity, Type, Count, _scales, _zeroPoints) = (layout, granularity, type, count, scales, zeroPoints);
        _narrow = type.Bits() <= 8 ? GC.AllocateUninitializedArray<byte>(count) : [];
        _wide = type.Bits() > 8 ? GC.AllocateUninitializedArray<ushort>(count) : [];
    }

    /// <summary>Gets the number of codes.</summary>
    public int Count { get; }

    /// <summary>Gets the dimensions.</summary>
    public IReadOnlyList<long> Shape => _layout.Shape;

    /// <summary>Gets what codes are stored in.</summary>
    public IntegerType Type { get; }

    /// <summary>Gets which values share a scale.</summary>
    public Granularity Granularity { get; }

    /// <summary>Gets the scales in row-major order of <see cref="ParameterShape"/>.</summary>
    public IReadOnlyList<float> Scales => _scales;

    /// <summary>Gets the zero points, one for each scale.</summary>
    public IReadOnlyList<int> ZeroPoints => _zeroPoints;

    /// <summary>Gets the dimensions of scales and zero points as ONNX wants them: none for one scale, a vector per channel, the tensor's shape with the number of blocks along the axis.</summary>
    public IReadOnlyList<long> ParameterShape => _layout.ParameterShape;

    /// <summary>Gets the bytes of all codes in a file: 4-bit codes are stored two a byte.</summary>
    public long CodeBytes => (((long)Count * Type.Bits()) + 7) / 8;

    /// <summary>Gets the bytes of scales (4 each) and zero points (stored like codes; none if all are 0, where a file may leave them out).</summary>
    public long OverheadBytes => (4L * _scales.Length) + (Array.TrueForAll(_zeroPoints, zeroPoint => zeroPoint == 0) ? 0 : (((long)_zeroPoints.Length * Type.Bits()) + 7) / 8);

    /// <summary>Gets the code at a place in row-major order.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such place.</exception>
    public int this[int index] => Type switch
    {
        IntegerType.Int4 or IntegerType.Int8 => (sbyte)_narrow[index],
        IntegerType.Int16 => (short)_wide[index],
        IntegerType.UInt16 => _wide[index],
        _ => _narrow[index],
    };

    /// <summary>Quantizes a tensor by the ranges of its values.</summary>
    /// <param name="values">Finite values in row-major order. A group without values cannot occur; a tensor without values has no codes.</param>
    /// <param name="shape">Its dimensions; none for a single number.</param>
    /// <param name="type">What codes are stored in.</param>
    /// <param name="symmetric">Whether the middle code stands for 0; otherwise the codes are spread from the smallest to the largest value.</param>
    /// <param name="granularity">Which values share a scale; all when null.</param>
    /// <param name="reduceRange">Whether to leave one bit free.</param>
    /// <exception cref="ArgumentException">The shape asks for another number of values, the axis is none of the tensor's, or a value is NaN or infinite.</exception>
    public static QuantizedTensor Quantize(
        ReadOnlySpan<float> values, ReadOnlySpan<long> shape, IntegerType type, bool symmetric, Granularity? granularity = null, bool reduceRange = false)
    {
        granularity ??= Granularity.PerTensor;
        var layout = new QuantizationLayout(shape, granularity, values.Length);
        (float[] min, float[] max) = Ranges(values, layout);
        var scales = new float[min.Length];
        var zeroPoints = new int[min.Length];
        for (int p = 0; p < scales.Length; p++)
        {
            if (!float.IsFinite(min[p]) || !float.IsFinite(max[p])) // NaN too: a minimum of NaN is NaN
            {
                throw new ArgumentException(FormattableString.Invariant($"A value is NaN or infinite (range {min[p]} to {max[p]}, {granularity}); only finite values have codes."), nameof(values));
            }

            var range = new RealRange(min[p], max[p]);
            (scales[p], zeroPoints[p], _) = symmetric ? QuantizationParameters.Symmetric(range, type, reduceRange) : QuantizationParameters.Affine(range, type, reduceRange);
        }

        return Encoded(values, layout, granularity, type, scales, zeroPoints);
    }

    /// <summary>Quantizes a tensor with parameters that are given, from calibration say; values beyond their range saturate.</summary>
    /// <param name="values">Values in row-major order; NaN gets the smallest code.</param>
    /// <param name="shape">Its dimensions; none for a single number.</param>
    /// <param name="parameters">One for each group of values, all of one type.</param>
    /// <param name="granularity">Which values share a scale; all when null.</param>
    /// <exception cref="ArgumentException">The shape asks for another number of values, the axis is none of the tensor's, or the parameters are too many, too few or of several types.</exception>
    public static QuantizedTensor Quantize(ReadOnlySpan<float> values, ReadOnlySpan<long> shape, ReadOnlySpan<QuantizationParameters> parameters, Granularity? granularity = null)
    {
        granularity ??= Granularity.PerTensor;
        var layout = new QuantizationLayout(shape, granularity, values.Length);
        if (parameters.Length != layout.ParameterCount || parameters.IsEmpty)
        {
            throw new ArgumentException($"This tensor, {granularity}, has {layout.ParameterCount} scales; got {parameters.Length}.", nameof(parameters));
        }

        IntegerType type = parameters[0].Type;
        var scales = new float[parameters.Length];
        var zeroPoints = new int[parameters.Length];
        for (int p = 0; p < scales.Length; p++)
        {
            (scales[p], zeroPoints[p], IntegerType own) = parameters[p];
            if (own != type)
            {
                throw new ArgumentException($"All codes of a tensor have one type; got {type} and {own}.", nameof(parameters));
            }
        }

        return Encoded(values, layout, granularity, type, scales, zeroPoints);
    }

    /// <summary>Returns scale and zero point of the value at a place in row-major order.</summary>
    public QuantizationParameters ParametersAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        int p = _layout.ParameterOf(index);
        return new QuantizationParameters(_scales[p], _zeroPoints[p], Type);
    }

    /// <summary>Copies the codes in row-major order.</summary>
    public int[] ToCodes()
    {
        var codes = new int[Count];
        switch (Type)
        {
            case IntegerType.Int4 or IntegerType.Int8: TensorPrimitives.ConvertTruncating<sbyte, int>(MemoryMarshal.Cast<byte, sbyte>(_narrow), codes); break;
            case IntegerType.Int16: TensorPrimitives.ConvertTruncating<short, int>(MemoryMarshal.Cast<ushort, short>(_wide), codes); break;
            case IntegerType.UInt16: TensorPrimitives.ConvertTruncating<ushort, int>(_wide, codes); break;
            default: TensorPrimitives.ConvertTruncating<byte, int>(_narrow, codes); break;
        }

        return codes;
    }

    /// <summary>Copies the codes as an ONNX file stores them: little-endian; of two 4-bit codes the first in the low half of a byte.</summary>
    public byte[] ToBytes() => Type.Bits() switch
    {
        4 => Packed(_narrow),
        8 => [.. _narrow],
        _ => [.. MemoryMarshal.AsBytes(_wide.AsSpan())],
    };

    /// <summary>Computes the values that the codes stand for.</summary>
    public float[] Dequantize()
    {
        float[] values = GC.AllocateUninitializedArray<float>(Count);
        Dequantize(values);
        return values;
    }

    /// <summary>Computes the values that the codes stand for, into memory that is there.</summary>
    /// <param name="values">Where they go: one place a code.</param>
    /// <exception cref="ArgumentException">There are more or fewer places than codes.</exception>
    public void Dequantize(Span<float> values)
    {
        if (values.Length != Count)
        {
            throw new ArgumentException($"There are {Count} codes; got room for {values.Length} values.", nameof(values));
        }

        foreach ((int start, int length, int p, bool each) in _layout.Segments())
        {
            Span<float> to = values.Slice(start, length);
            switch (Type)
            {
                case IntegerType.Int4 or IntegerType.Int8: Decode(MemoryMarshal.Cast<byte, sbyte>(_narrow).Slice(start, length), to, p, each); break;
                case IntegerType.Int16: Decode(MemoryMarshal.Cast<ushort, short>(_wide).Slice(start, length), to, p, each); break;
                case IntegerType.UInt16: Decode<ushort>(_wide.AsSpan(start, length), to, p, each); break;
                default: Decode<byte>(_narrow.AsSpan(start, length), to, p, each); break;
            }
        }
    }

    /// <summary>Measures what the codes lose of the values that they were made from.</summary>
    /// <param name="values">The values given to <c>Quantize</c>.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than codes, or none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN or infinite.</exception>
    public QuantizationError Error(ReadOnlySpan<float> values)
    {
        float[] after = Dequantize();
        int saturated = 0;
        if (values.Length == after.Length)
        {
            (int least, int most) = (Type.Minimum(), Type.Maximum());
            foreach ((int start, int length, int p, bool each) in _layout.Segments())
            {
                for (int i = 0; i < length; i++)
                {
                    int own = each ? p + i : p;
                    float code = MathF.Round(values[start + i] / _scales[own], MidpointRounding.ToEven) + _zeroPoints[own];
                    saturated += code < least || code > most ? 1 : 0;
                }
            }
        }

        return QuantizationError.Between(values, after, (double)saturated / Count);
    }

    /// <summary>Type, shape, granularity and size in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{Type} [{string.Join(", ", Shape)}], {Granularity}: {CodeBytes:#,0} bytes of codes, {OverheadBytes:#,0} of scales and zero points");

    private static (float[] Min, float[] Max) Ranges(ReadOnlySpan<float> values, QuantizationLayout layout)
    {
        var min = new float[layout.ParameterCount];
        var max = new float[layout.ParameterCount];
        Array.Fill(min, values.IsEmpty ? 0 : float.PositiveInfinity);
        Array.Fill(max, values.IsEmpty ? 0 : float.NegativeInfinity);
        foreach ((int start, int length, int p, bool each) in layout.Segments())
        {
            ReadOnlySpan<float> own = values.Slice(start, length);
            if (own.IsEmpty)
            {
                continue;
            }

            if (each)
            {
                TensorPrimitives.Min(own, min.AsSpan(p, length), min.AsSpan(p, length));
                TensorPrimitives.Max(own, max.AsSpan(p, length), max.AsSpan(p, length));
            }
            else
            {
                min[p] = Math.Min(min[p], TensorPrimitives.Min(own));
                max[p] = Math.Max(max[p], TensorPrimitives.Max(own));
            }
        }

        return (min, max);
    }

    private static QuantizedTensor Encoded(ReadOnlySpan<float> values, QuantizationLayout layout, Granularity granularity, IntegerType type, float[] scales, int[] zeroPoints)
    {
        var tensor = new QuantizedTensor(layout, granularity, type, values.Length, scales, zeroPoints);
        bool narrow = type.Bits() <= 8;
        foreach ((int start, int length, int p, bool each) in layout.Segments())
        {
            ReadOnlySpan<float> own = values.Slice(start, length);
            var one = each ? default : new QuantizationParameters(scales[p], zeroPoints[p], type);
            switch (narrow, each)
            {
                case (true, true): QuantizeKernel.Each(own, tensor._narrow.AsSpan(start, length), scales.AsSpan(p, length), zeroPoints.AsSpan(p, length), type); break;
                case (true, false): QuantizeKernel.To8(own, tensor._narrow.AsSpan(start, length), one); break;
                case (false, true): QuantizeKernel.Each(own, tensor._wide.AsSpan(start, length), scales.AsSpan(p, length), zeroPoints.AsSpan(p, length), type); break;
                default: QuantizeKernel.To16(own, tensor._wide.AsSpan(start, length), one); break;
            }
        }

        return tensor;
    }

    private void Decode<T>(ReadOnlySpan<T> codes, Span<float> values, int p, bool each)
        where T : struct, System.Numerics.IBinaryInteger<T>
    {
        if (each)
        {
            DequantizeKernel.Each(codes, values, _scales.AsSpan(p, codes.Length), _zeroPoints.AsSpan(p, codes.Length));
        }
        else
        {
            DequantizeKernel.From(codes, values, _scales[p], _zeroPoints[p]);
        }
    }

    private static byte[] Packed(ReadOnlySpan<byte> codes)
    {
        var packed = new byte[(codes.Length + 1) / 2];
        for (int i = 0; i < codes.Length; i++)
        {
            packed[i / 2] |= (byte)((codes[i] & 15) << (i % 2 * 4));
        }

        return packed;
    }
}
