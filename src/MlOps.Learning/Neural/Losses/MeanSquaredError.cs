namespace MlOps.Learning.Neural;

/// <summary>Mean squared error: <c>l = Σₖ (oₖ − tₖ)² / K</c>, in the target's unit squared.</summary>
public sealed record MeanSquaredError : Loss
{
    /// <inheritdoc/>
    public override OutputActivation Activation => OutputActivation.None;

    /// <inheritdoc/>
    public override double Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient)
    {
        double sum = 0;
        for (int k = 0; k < output.Length; k++)
        {
            double difference = (double)output[k] - target[k];
            sum += difference * difference;
            if (!gradient.IsEmpty)
            {
                gradient[k] = (float)(2 * difference / output.Length);
            }
        }

        return sum / output.Length;
    }
}
