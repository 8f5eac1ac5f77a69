namespace MlOps.Learning.Neural;

/// <summary>A trained network and how it came about.</summary>
/// <param name="Network">With the last weights, or with those of the best epoch where training could stop early.</param>
/// <param name="History">Epoch by epoch.</param>
public sealed record TrainingResult(Network Network, TrainingHistory History);
