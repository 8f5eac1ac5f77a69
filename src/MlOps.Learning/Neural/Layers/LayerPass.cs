namespace MlOps.Learning.Neural;

/// <summary>What a pass through the layers is for.</summary>
/// <param name="IsTraining">Whether dropout drops and batch normalisation looks at the batch.</param>
/// <param name="Key">Random bits of this step and layer.</param>
/// <param name="FirstSample">Position in the whole batch of the first sample here: each worker has a part of the batch.</param>
internal readonly record struct LayerPass(bool IsTraining, ulong Key, int FirstSample)
{
    internal static LayerPass Prediction => default;
}
