namespace MlOps.Quantization.Arithmetic;

/// <summary>How real numbers become codes: <c>q = clip(round(x / scale) + zeroPoint)</c>, and back: <c>x̂ = (q − zeroPoint) · scale</c>.</summary>
/// <param name="Scale">Width of a step, &gt; 0, in the unit of the values.</param>
/// <param name="ZeroPoint">The code that stands for exactly 0.</param>
/// <param name="Type">What a code is stored in; codes beyond its ends saturate.</param>
/// <remarks>
/// Halves are rounded to the even number, and the quotient is one of single precision, as ONNX's QuantizeLinear and NumPy's <c>float32 / float32</c> compute it. The formula
/// on paper divides real numbers: where <c>x / scale</c> lies within a rounding error of a half, its code may be the neighbour. Scale and zero point are computed as ONNX
/// Runtime's quantizer does: quotients in double precision, the scale rounded to single precision at the end.
/// <para>Source: B. Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", CVPR 2018, equation 1.</para>
/// </remarks>
public readonly partial record struct QuantizationParameters(float Scale, int ZeroPoint, IntegerType Type)
{
    /// <summary>The smallest normal number of single precision, 2⁻¹²⁶: a step below it would lose digits.</summary>
    private const double SmallestScale = 1.1754943508222875e-38;

    /// <summary>Gets the values that codes can stand for; what lies outside saturates.</summary>
    public RealRange Representable => new((Type.Minimum() - (double)ZeroPoint) * Scale, (Type.Maximum() - (double)ZeroPoint) * Scale);

    /// <summary>Spreads the codes over a range: its ends get the first and the last code.</summary>
    /// <param name="range">What the values lie in; widened to include 0, which so gets a code of its own.</param>
    /// <param name="type">What codes are stored in.</param>
    /// <param name="reduceRange">Whether to leave one bit free (<see cref="IntegerTypes.Range"/>).</param>
    /// <returns>
    /// <c>scale = (max − min) / (qmax − qmin)</c>, <c>zeroPoint = round(qmin − min / scale)</c>; scale 1 and zero point 0 if the scale would be below 2⁻¹²⁶, as for all-zero values.
    /// </returns>
    /// <remarks>The ends are numbers of a float tensor: they and their difference are rounded to single precision first, as ONNX Runtime's quantizer has them.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An end is beyond single precision, ±3.4·10³⁸.</exception>
    public static QuantizationParameters Affine(RealRange range, IntegerType type, bool reduceRange = false)
    {
        (int qmin, int qmax) = type.Range(symmetric: false, reduceRange);
        (float min, float max) = WithZero(range);
        double scale = Width(min, max) / (qmax - qmin);
        return scale < SmallestScale ? new(1, 0, type) : new((float)scale, (int)Math.Round(qmin - (min / scale), MidpointRounding.ToEven), type);
    }

    /// <inheritdoc cref="Affine(RealRange, IntegerType, bool)"/>
    /// <param name="min">The smallest value, finite.</param>
    /// <param name="max">The largest value, finite and not below <paramref name="min"/>.</param>
    /// <param name="type">What codes are stored in.</param>
    /// <param name="reduceRange">Whether to leave one bit free.</param>
    public static QuantizationParameters Affine(double min, double max, IntegerType type, bool reduceRange = false) => Affine(new RealRange(min, max), type, reduceRange);

    /// <summary>Spreads the codes over [−m, m], m the largest magnitude of the range: zero lies in the middle, and the zero point does not depend on the values.</summary>
    /// <param name="range">What the values lie in.</param>
    /// <param name="type">What codes are stored in.</param>
    /// <param name="reduceRange">Whether to leave one bit free (<see cref="IntegerTypes.Range"/>).</param>
    /// <returns>
    /// <c>scale = 2m / (qmax − qmin)</c>, <c>zeroPoint = round((qmin + qmax) / 2)</c>: 0 for signed types, 127 for uint8, 8 for uint4. For all-zero values scale 1 and zero
    /// point 0, also for unsigned types, as in ONNX Runtime's quantizer.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">An end is beyond single precision, ±3.4·10³⁸.</exception>
    public static QuantizationParameters Symmetric(RealRange range, IntegerType type, bool reduceRange = false)
    {
        (int qmin, int qmax) = type.Range(symmetric: true, reduceRange);
        (float min, float max) = WithZero(range);
        float m = Math.Max(-min, max);
        double scale = Width(-m, m) / (qmax - qmin);
        return scale < SmallestScale ? new(1, 0, type) : new((float)scale, (int)Math.Round((qmin + qmax) / 2.0, MidpointRounding.ToEven), type);
    }

    /// <inheritdoc cref="Symmetric(RealRange, IntegerType, bool)"/>
    /// <param name="min">The smallest value, finite.</param>
    /// <param name="max">The largest value, finite and not below <paramref name="min"/>.</param>
    /// <param name="type">What codes are stored in.</param>
    /// <param name="reduceRange">Whether to leave one bit free.</param>
    public static QuantizationParameters Symmetric(double min, double max, IntegerType type, bool reduceRange = false) => Symmetric(new RealRange(min, max), type, reduceRange);

    /// <summary>Returns the code of a value.</summary>
    /// <param name="value">Any; what lies outside the range saturates, also ±∞. NaN gets the smallest code, as in ONNX Runtime.</param>
    public int Quantize(float value)
    {
        float quotient = value / Scale;
        float low = Type.Minimum() - ZeroPoint;
        float high = Type.Maximum() - ZeroPoint;
        float clipped = quotient > low ? quotient : low; // NaN is not larger
        return (int)MathF.Round(clipped < high ? clipped : high, MidpointRounding.ToEven) + ZeroPoint;
    }

    /// <summary>Returns the value that a code stands for.</summary>
    public float Dequantize(int code) => (code - ZeroPoint) * Scale;

    private static (float Min, float Max) WithZero(RealRange range)
    {
        (float min, float max) = ((float)Math.Min(range.Min, 0), (float)Math.Max(range.Max, 0));
        return float.IsFinite(min) && float.IsFinite(max)
            ? (min, max)
            : throw new ArgumentOutOfRangeException(nameof(range), FormattableString.Invariant($"Values of a float tensor lie within ±{float.MaxValue:0.0e+0}; got {range.Min} to {range.Max}."));
    }

    /// <summary>max − min in single precision; in double precision where that is too large for it.</summary>
    private static double Width(float min, float max) => float.IsFinite(max - min) ? max - min : (double)max - min;
}
