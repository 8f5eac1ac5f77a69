namespace MlOps.Learning.Neural;

/// <summary>Falls along a half cosine, epoch by epoch: <c>η = η_end + (η₀ − η_end) · (1 + cos(π · epoch / epochs)) / 2</c>. As PyTorch's CosineAnnealingLR.</summary>
/// <param name="FinalRate">η_end ≥ 0, where the curve would end after the last epoch.</param>
/// <remarks>Source: I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017, equation 5.</remarks>
public sealed record CosineDecay(double FinalRate = 0) : LearningRateSchedule
{
    /// <summary>Gets η_end.</summary>
    public double FinalRate { get; init; } = Guard.NonNegative(FinalRate);

    /// <inheritdoc/>
    public override double Rate(double initialRate, SchedulePosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        return FinalRate + ((initialRate - FinalRate) * 0.5 * (1 + Math.Cos(Math.PI * position.Epoch / position.Epochs)));
    }
}
