namespace MlOps.Learning.Neural;

/// <summary>Rises in a straight line over the first steps, then follows another schedule: step s of n (from 1) has s / n of that schedule's rate.</summary>
/// <param name="Steps">n, at least 1.</param>
/// <param name="Then">The other schedule; constant when null.</param>
/// <remarks>Source: P. Goyal et al., "Accurate, Large Minibatch SGD", arXiv:1706.02677 (2017).</remarks>
public sealed record WarmUp(int Steps, LearningRateSchedule? Then = null) : LearningRateSchedule
{
    /// <summary>Gets the number of steps in which the rate rises.</summary>
    public int Steps { get; init; } = Guard.AtLeast(Steps, 1);

    /// <inheritdoc/>
    public override double Rate(double initialRate, SchedulePosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        return (Then ?? new ConstantRate()).Rate(initialRate, position) * Math.Min(1, (position.Step + 1.0) / Steps);
    }
}
