namespace MlOps.Learning.Neural;

/// <summary>Stops training when the validation loss has not improved for some epochs, and takes the weights of the best epoch.</summary>
/// <param name="Patience">Epochs without a better loss after which training stops; at least 1.</param>
/// <param name="MinimumGain">By how much a loss must be lower than the best to count as better; ≥ 0, in the unit of the loss.</param>
/// <remarks>Source: L. Prechelt, "Early Stopping – But When?", in: Neural Networks: Tricks of the Trade, Springer 1998.</remarks>
public sealed record EarlyStopping(int Patience = 5, double MinimumGain = 0)
{
    /// <summary>Gets the epochs without a better loss after which training stops.</summary>
    public int Patience { get; init; } = Guard.AtLeast(Patience, 1);

    /// <summary>Gets by how much a loss must be lower.</summary>
    public double MinimumGain { get; init; } = Guard.NonNegative(MinimumGain);
}
