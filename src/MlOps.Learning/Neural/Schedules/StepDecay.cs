namespace MlOps.Learning.Neural;

/// <summary>Falls every few epochs: <c>η = η₀ · γ^⌊epoch / every⌋</c>. As PyTorch's StepLR.</summary>
/// <param name="Every">Epochs between falls; at least 1.</param>
/// <param name="Gamma">γ in (0, 1], the factor of a fall.</param>
public sealed record StepDecay(int Every = 10, double Gamma = 0.1) : LearningRateSchedule
{
    /// <summary>Gets the epochs between falls.</summary>
    public int Every { get; init; } = Guard.AtLeast(Every, 1);

    /// <summary>Gets γ.</summary>
    public double Gamma { get; init; } = Guard.Share(Guard.Positive(Gamma));

    /// <inheritdoc/>
    public override double Rate(double initialRate, SchedulePosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        return initialRate * Math.Pow(Gamma, position.Epoch / Every);
    }
}
