namespace MlOps.Learning.Neural;

/// <summary>The same learning rate all the time.</summary>
public sealed record ConstantRate : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Rate(double initialRate, SchedulePosition position) => initialRate;
}
