using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Rewriting;

/// <summary>Keeps a bias within 32 bits.</summary>
internal static class BiasRoom
{
    // As ONNX Runtime's quantizer: a little more than the exact limit, so that rounding does not cross it.
    private const double Slack = 1.0001;
    private const double Codes = (double)int.MaxValue - int.MinValue;

    // Below the smallest normal number a product of two scales loses digits.
    private const double SmallestStep = 1.1754943508222875e-38;

    /// <summary>
    /// A bias is counted in steps of <c>sₓ · s_w</c>. Where tiny weights stand beside a large bias, more than 2³¹ of them would be needed: the weights' scale is made wider there. Their codes get coarser, which
    /// beside such a bias nobody sees.
    /// </summary>
    /// <returns>Whether a scale was changed.</returns>
    internal static bool Widen(QuantizationParameters[] weights, float[] bias, float inputStep)
    {
        bool changed = false;
        for (int i = 0; i < weights.Length; i++)
        {
            float largest = 0;
            for (int j = weights.Length == 1 ? 0 : i; j < (weights.Length == 1 ? bias.Length : i + 1); j++)
            {
                largest = Math.Max(largest, Math.Abs(bias[j]));
            }

            double smallest = Math.Max(SmallestStep, Slack * 2.0 * largest / Codes);
            double step = (double)inputStep * weights[i].Scale;
            if (step < smallest)
            {
                weights[i] = weights[i] with { Scale = (float)(weights[i].Scale * (smallest / step)) };
                changed = true;
            }
        }

        return changed;
    }
}
