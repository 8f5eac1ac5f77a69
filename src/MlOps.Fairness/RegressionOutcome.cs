namespace MlOps.Fairness;

/// <summary>What a model of a number did to one group. Means over nobody are undefined: null, not 0.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Values">Its values, one a sensitive column.</param>
/// <param name="Count">n, rows in the group. Read it before the means.</param>
/// <param name="MeanTruth">Mean of y, in the unit of y; null if n = 0.</param>
/// <param name="MeanPrediction">Mean of ŷ; null if n = 0.</param>
/// <param name="MeanError">Mean of ŷ − y, the bias: above 0 the group is overestimated; null if n = 0.</param>
/// <param name="MeanAbsoluteError">Mean of |ŷ − y| (MAE); null if n = 0.</param>
/// <param name="MeanSquaredError">Mean of (ŷ − y)² (MSE), in the square of the unit; null if n = 0.</param>
/// <param name="RSquared">1 − Σ(ŷ − y)² / Σ(y − ȳ)² with the group's own mean ȳ, in (−∞, 1]; null if n &lt; 2 or y is constant in the group.</param>
public sealed record RegressionOutcome(
    string Group,
    IReadOnlyList<string> Values,
    long Count,
    double? MeanTruth,
    double? MeanPrediction,
    double? MeanError,
    double? MeanAbsoluteError,
    double? MeanSquaredError,
    double? RSquared)
{
    /// <summary>Gets √MSE (RMSE), in the unit of y; null if n = 0.</summary>
    public double? RootMeanSquaredError => MeanSquaredError is { } mse ? Math.Sqrt(mse) : null;
}
