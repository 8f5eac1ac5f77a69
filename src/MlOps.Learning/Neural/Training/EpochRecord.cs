namespace MlOps.Learning.Neural;

/// <summary>What one epoch brought.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Epochs">How many there will be at most.</param>
/// <param name="LearningRate">That of its last step.</param>
/// <param name="Loss">Mean training loss over the epoch's batches, each before its step.</param>
/// <param name="Accuracy">Share of training samples classified rightly, likewise; null if the loss is not about classes.</param>
/// <param name="ValidationLoss">Mean loss of the validation data after the epoch; null without such data.</param>
/// <param name="ValidationAccuracy">Share of the validation data classified rightly after the epoch; null likewise.</param>
/// <param name="Seconds">How long the epoch took, with its validation.</param>
public sealed record EpochRecord(int Epoch, int Epochs, double LearningRate, double Loss, double? Accuracy, double? ValidationLoss, double? ValidationAccuracy, double Seconds)
{
    /// <summary>Gets the loss that tells how good the model is: of the validation data where there is any.</summary>
    internal double Judged => ValidationLoss ?? Loss;
}
