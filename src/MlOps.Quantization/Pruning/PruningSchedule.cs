namespace MlOps.Quantization.Pruning;

/// <summary>How the share of zeros grows over the rounds of iterative pruning.</summary>
public enum PruningSchedule
{
    /// <summary>By the same step each round: <c>target · r / rounds</c>.</summary>
    Linear,

    /// <summary>Fast at first, while there is much to spare: <c>target · (1 − (1 − r / rounds)³)</c>.</summary>
    Cubic,
}
