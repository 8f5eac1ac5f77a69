namespace MlOps.Quantization.Pruning;

/// <summary>One round of iterative pruning.</summary>
/// <param name="Round">Its number from 1; 0 is the network before any pruning.</param>
/// <param name="Sparsity">Share of all weights that is 0, in [0, 1].</param>
/// <param name="LossPruned">Mean loss after the pruning, before training.</param>
/// <param name="Loss">Mean loss after training.</param>
/// <param name="AccuracyPruned">Share of samples classified rightly after the pruning, before training; null if the loss is not about classes.</param>
/// <param name="Accuracy">Likewise after training.</param>
/// <remarks>Measured on the validation data; on the training data where there are no others.</remarks>
public sealed record PruningRound(int Round, double Sparsity, double LossPruned, double Loss, double? AccuracyPruned, double? Accuracy);
