namespace MlOps.Learning.Neural;

/// <summary>Falls when the loss has stopped falling: times a factor after more than so many epochs without a better loss. As PyTorch's ReduceLROnPlateau.</summary>
/// <param name="Factor">Of a fall, in (0, 1).</param>
/// <param name="Patience">Epochs without a better loss that are borne; the next one makes the rate fall, and counting begins anew. At least 0.</param>
/// <param name="Threshold">A loss is better if it is below <c>best · (1 − threshold)</c>; in [0, 1].</param>
public sealed record ReduceOnPlateau(double Factor = 0.1, int Patience = 10, double Threshold = 1e-4) : LearningRateSchedule
{
    /// <summary>Gets the factor of a fall.</summary>
    public double Factor { get; init; } = Guard.Share(Guard.Positive(Factor));

    /// <summary>Gets the epochs without a better loss that are borne.</summary>
    public int Patience { get; init; } = Guard.AtLeast(Patience, 0);

    /// <summary>Gets the relative gain that counts as better.</summary>
    public double Threshold { get; init; } = Guard.Share(Threshold);

    /// <inheritdoc/>
    public override double Rate(double initialRate, SchedulePosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        double rate = initialRate;
        double best = double.PositiveInfinity;
        int bad = 0;
        foreach (double loss in position.Losses)
        {
            if (loss < best * (1 - Threshold))
            {
                (best, bad) = (loss, 0);
            }
            else if (++bad > Patience)
            {
                rate *= Factor;
                bad = 0;
            }
        }

        return rate;
    }
}
