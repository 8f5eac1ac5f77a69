namespace MlOps.Learning.Neural;

/// <summary>Cross-entropy that cares less for easy cases: <c>l = −(1 − p)^γ · ln p</c>, p the softmax probability of the right class. In nats.</summary>
/// <param name="Gamma">γ ≥ 0; 0 is plain cross-entropy, 2 is usual.</param>
/// <remarks>
/// The target is a 1 and zeros. The paper's class weights α are sample weights here. With two classes it is the paper's binary form, with p = σ(o₁ − o₀).
/// <para>Source: T.-Y. Lin et al., "Focal Loss for Dense Object Detection", ICCV 2017, equation 4.</para>
/// </remarks>
public sealed record FocalLoss(double Gamma = 2) : Loss
{
    /// <summary>Gets γ.</summary>
    public double Gamma { get; init; } = Guard.NonNegative(Gamma);

    /// <inheritdoc/>
    public override OutputActivation Activation => OutputActivation.Softmax;

    /// <inheritdoc/>
    public override int TargetLength(int outputs) =>
        outputs >= 2 ? outputs : throw new ArgumentException("The focal loss needs an output a class, at least 2; got 1.", nameof(outputs));

    /// <inheritdoc/>
    public override double Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient)
    {
        int right = IndexOfLargest(target);
        double normalizer = CrossEntropy.LogSumExp(output, 1);
        double logP = output[right] - normalizer;
        double p = Math.Exp(logP);
        double rest = 1 - p;
        double factor = Math.Pow(rest, Gamma);

        // dl/dp · p = γ (1 − p)^(γ − 1) · p · ln p − (1 − p)^γ; at p = 1 the first term is 0.
        double slope = (rest > 0 ? Gamma * Math.Pow(rest, Gamma - 1) * p * logP : 0) - factor;
        for (int c = 0; c < gradient.Length; c++)
        {
            gradient[c] = (float)(slope * ((c == right ? 1 : 0) - Math.Exp(output[c] - normalizer)));
        }

        return -factor * logP;
    }

    /// <inheritdoc/>
    public override bool? IsCorrect(ReadOnlySpan<float> output, ReadOnlySpan<float> target) => IndexOfLargest(output) == IndexOfLargest(target);
}
