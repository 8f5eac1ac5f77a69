namespace MlOps.Learning.Neural;

/// <summary>How the learning rate changes in the course of training.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>Tells the learning rate of a step.</summary>
    /// <param name="initialRate">That of the optimiser.</param>
    /// <param name="position">Where training stands.</param>
    public abstract double Rate(double initialRate, SchedulePosition position);
}
