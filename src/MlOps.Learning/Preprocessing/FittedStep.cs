namespace MlOps.Learning.Preprocessing;

/// <summary>A step with what it has learned. Immutable; works row by row, so a row's outcome never depends on another row.</summary>
public abstract class FittedStep
{
    /// <summary>Turns the columns of a group into others. The columns have the order and the kinds that the step was fitted on.</summary>
    internal abstract Feature[] Apply(Feature[] features);
}
