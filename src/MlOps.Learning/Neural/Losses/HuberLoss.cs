namespace MlOps.Learning.Neural;

/// <summary>Huber's loss: squared for small errors, straight for large ones, so that outliers pull less.</summary>
/// <param name="Delta">δ &gt; 0, the error from which on it is straight; in the target's unit.</param>
/// <remarks>
/// The mean over K outputs of <c>d² / 2</c> where |d| ≤ δ, else <c>δ · (|d| − δ / 2)</c>, with d = o − t.
/// <para>Source: P. Huber, "Robust Estimation of a Location Parameter", Ann. Math. Statist. 35 (1964).</para>
/// </remarks>
public sealed record HuberLoss(double Delta = 1) : Loss
{
    /// <summary>Gets δ.</summary>
    public double Delta { get; init; } = Guard.Positive(Delta);

    /// <inheritdoc/>
    public override OutputActivation Activation => OutputActivation.None;

    /// <inheritdoc/>
    public override double Sample(ReadOnlySpan<float> output, ReadOnlySpan<float> target, Span<float> gradient)
    {
        double sum = 0;
        for (int k = 0; k < output.Length; k++)
        {
            double difference = (double)output[k] - target[k];
            double size = Math.Abs(difference);
            sum += size <= Delta ? 0.5 * difference * difference : Delta * (size - (0.5 * Delta));
            if (!gradient.IsEmpty)
            {
                gradient[k] = (float)((size <= Delta ? difference : Delta * Math.Sign(difference)) / output.Length);
            }
        }

        return sum / output.Length;
    }
}
