namespace MlOps.Learning.Neural;

/// <summary>Cross-entropy of yes or no, from scores: <c>l = −t · ln σ(o) − (1 − t) · ln(1 − σ(o))</c>, the mean over K outputs. In nats.</summary>
/// <remarks>Each output is a question of its own, with a target t in [0, 1]. A network for it ends with scores, not with <see cref="Sigmoid"/>.</remarks>
public sealed record BinaryCrossEntropy : Loss
{
    /// <inheritdoc/>
    public override OutputActivation Activation => OutputActivation.Sigmoid;

    /// <inheritdoc/>
    public override double Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient)
    {
        double sum = 0;
        for (int k = 0; k < output.Length; k++)
        {
            double score = output[k];
            sum += Math.Max(score, 0) - (score * target[k]) + double.LogP1(Math.Exp(-Math.Abs(score))); // finite for every score
            if (!gradient.IsEmpty)
            {
                gradient[k] = (float)(((1 / (1 + Math.Exp(-score))) - target[k]) / output.Length);
            }
        }

        return sum / output.Length;
    }

    /// <inheritdoc/>
    /// <remarks>All answers must be right.</remarks>
    public override bool? IsCorrect(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        for (int k = 0; k < output.Length; k++)
        {
            if (output[k] >= 0 != target[k] >= 0.5f)
            {
                return false;
            }
        }

        return true;
    }
}
