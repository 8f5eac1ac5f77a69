namespace MlOps.Learning.Neural;

/// <summary>Cross-entropy of classes, from scores: <c>l = −Σ_c q_c · ln p_c</c>, p the softmax of the outputs. In nats; 0 means certain and right.</summary>
/// <param name="LabelSmoothing">ε in [0, 1]: the target becomes <c>q = (1 − ε) · t + ε / K</c>.</param>
/// <remarks>
/// The target of a sample is K probabilities, as a rule a 1 and zeros (<see cref="Tensor.OneHot"/>). The gradient is p − q. A network for it ends with scores,
/// not with <see cref="Softmax"/>.
/// <para>Source of the smoothing: C. Szegedy et al., "Rethinking the Inception Architecture for Computer Vision", CVPR 2016.</para>
/// </remarks>
public sealed record CrossEntropy(double LabelSmoothing = 0) : Loss
{
    /// <summary>Gets ε.</summary>
    public double LabelSmoothing { get; init; } = Guard.Share(LabelSmoothing);

    /// <inheritdoc/>
    public override OutputActivation Activation => OutputActivation.Softmax;

    /// <inheritdoc/>
    public override int TargetLength(int outputs) =>
        outputs >= 2 ? outputs : throw new ArgumentException("Cross-entropy needs an output a class, at least 2; got 1. For a single output use BinaryCrossEntropy.", nameof(outputs));

    /// <inheritdoc/>
    public override double Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient)
    {
        double normalizer = LogSumExp(output, 1);
        (double loss, double total) = (0, 0);
        for (int c = 0; c < output.Length; c++)
        {
            double wanted = Smoothed(target[c], output.Length);
            loss += wanted == 0 ? 0 : wanted * (normalizer - output[c]); // −ln p_c without forming p_c, which may round to 0
            total += wanted;
        }

        for (int c = 0; c < gradient.Length; c++)
        {
            gradient[c] = (float)((total * Math.Exp(output[c] - normalizer)) - Smoothed(target[c], output.Length));
        }

        return loss;
    }

    /// <inheritdoc/>
    public override bool? IsCorrect(ReadOnlySpan<float> output, ReadOnlySpan<float> target) => IndexOfLargest(output) == IndexOfLargest(target);

    /// <summary>ln Σ e^(z / temperature), without overflow.</summary>
    internal static double LogSumExp(ReadOnlySpan<float> scores, double temperature)
    {
        double largest = scores[0];
        foreach (float score in scores)
        {
            largest = Math.Max(largest, score);
        }

        double sum = 0;
        foreach (float score in scores)
        {
            sum += Math.Exp((score - largest) / temperature);
        }

        return (largest / temperature) + Math.Log(sum);
    }

    private double Smoothed(double target, int classes) => ((1 - LabelSmoothing) * target) + (LabelSmoothing / classes);
}
