namespace MlOps.Explain.Counterfactuals;

/// <summary>A row with some features changed.</summary>
/// <param name="Row">Its values.</param>
/// <param name="Distance">How far it is from the row.</param>
/// <param name="Count">How many features differ.</param>
/// <param name="Prediction">The model's number, once it was asked.</param>
internal sealed record CounterfactualState(double[] Row, double Distance, int Count, double Prediction)
{
    internal bool Changes(double[] from, int feature) => !Row[feature].Equals(from[feature]); // Equals: NaN is like NaN

    internal string Key() => string.Join('|', Row.Select(BitConverter.DoubleToInt64Bits));
}
