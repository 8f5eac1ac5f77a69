namespace MlOps.Learning.Preprocessing;

/// <summary>One step of a <see cref="Pipeline"/> before it has seen data. It holds settings only; fitting makes a <see cref="FittedStep"/>.</summary>
public abstract class Step
{
    /// <summary>Learns from the columns of a group, which may be whole training columns only.</summary>
    /// <param name="features">At least one column with at least one row.</param>
    internal abstract FittedStep Fit(Feature[] features);
}
