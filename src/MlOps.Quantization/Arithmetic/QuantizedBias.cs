namespace MlOps.Quantization.Arithmetic;

/// <summary>A bias as 32-bit codes that can be added to sums of products of codes: no zero point, and the scale is that of the products.</summary>
/// <param name="Codes">qᵦ, one per output channel.</param>
/// <param name="Scales">The scale of each; one for all if the weights have one.</param>
/// <remarks>
/// <c>s = sₓ · s_w</c> in single precision, <c>q = clip(round(b / s))</c> in double precision, halves to the even number, as ONNX Runtime's quantizer computes them.
/// The sum <c>Σ (qₓ − zₓ) · q_w + qᵦ</c> then stands for the output, a step of which is s wide.
/// <para>Source: B. Jacob et al., CVPR 2018, section 2.4.</para>
/// </remarks>
public sealed record QuantizedBias(IReadOnlyList<int> Codes, IReadOnlyList<float> Scales)
{
    /// <summary>Computes the codes of a bias.</summary>
    /// <param name="bias">b: one finite number a channel; one beyond 2³¹ steps saturates.</param>
    /// <param name="inputScale">sₓ &gt; 0, the step of the layer's input.</param>
    /// <param name="weightScales">s_w &gt; 0, the step of the weights: one, or one a channel.</param>
    /// <exception cref="ArgumentException">There is neither one weight scale nor one a channel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite, a scale not above 0, or a product of two scales is below the smallest float above 0.</exception>
    public static QuantizedBias Quantize(ReadOnlySpan<float> bias, float inputScale, ReadOnlySpan<float> weightScales)
    {
        Guard.Positive(inputScale);
        if (weightScales.Length != 1 && weightScales.Length != bias.Length)
        {
            throw new ArgumentException($"The weights have one scale, or one for each of the {bias.Length} channels; got {weightScales.Length}.", nameof(weightScales));
        }

        var scales = new float[weightScales.Length];
        for (int c = 0; c < scales.Length; c++)
        {
            scales[c] = inputScale * weightScales[c];
            Guard.Positive(scales[c], nameof(weightScales));
        }

        var codes = new int[bias.Length];
        for (int c = 0; c < codes.Length; c++)
        {
            double steps = Guard.Finite(bias[c], nameof(bias)) / (double)scales[scales.Length == 1 ? 0 : c];
            codes[c] = (int)Math.Clamp(Math.Round(steps, MidpointRounding.ToEven), int.MinValue, int.MaxValue);
        }

        return new QuantizedBias(codes, scales);
    }

    /// <summary>Returns the numbers that the codes stand for.</summary>
    public float[] Dequantize()
    {
        var values = new float[Codes.Count];
        for (int c = 0; c < values.Length; c++)
        {
            values[c] = Codes[c] * Scales[Scales.Count == 1 ? 0 : c];
        }

        return values;
    }
}
