namespace MlOps.Explain;

/// <summary>What one feature did to one prediction.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Value">Its value in the row; where it stands for a text, the number of that text.</param>
/// <param name="ValueText">Its value as a reader would write it.</param>
/// <param name="Amount">By how much it moved the prediction, in the unit of the output; above 0 it raised it.</param>
public sealed record Contribution(string Feature, double Value, string ValueText, double Amount)
{
    /// <summary>Gets how far chance may have moved the amount, its standard error; null where nothing was drawn by chance.</summary>
    public double? StandardError { get; init; }
}
