namespace MlOps.Quantization;

/// <summary>How far a quantized model may be from the float model. At least one of the two; if both, both must hold.</summary>
public sealed record PrecisionBudget
{
    /// <summary>Gets the least share of rows with the class of the float model, in [0, 1]; null for no limit.</summary>
    public double? MinAgreement { get; init; }

    /// <summary>Gets the largest loss of accuracy, as a share: 0.005 is half a point; null for no limit. Needs labels.</summary>
    public double? MaxAccuracyDrop { get; init; }

    /// <summary>What is wrong with asking this of a model; null if nothing is.</summary>
    internal string? Flaw(bool classifies, bool hasLabels) =>
        MinAgreement is null && MaxAccuracyDrop is null ? "A budget needs MinAgreement or MaxAccuracyDrop."
        : MinAgreement is not (null or (>= 0 and <= 1)) || MaxAccuracyDrop is not (null or (>= 0 and <= 1)) ? "Limits are shares between 0 and 1: 0.005 is half a point."
        : !classifies ? "The model gives numbers, no classes: there is no agreement to ask for."
        : MaxAccuracyDrop is not null && !hasLabels ? "A loss of accuracy shows only on rows with labels; these have none."
        : null;

    internal bool Holds(double agreement, double? accuracy, double? floatAccuracy) =>
        (MinAgreement is not { } least || agreement >= least) && (MaxAccuracyDrop is not { } most || floatAccuracy - accuracy <= most);
}
