namespace MlOps.Fairness.Mitigation;

/// <summary>What decisions that draw lots do to a group on average, over the rows they were fitted on.</summary>
/// <param name="SelectionRate">P(ŷ = 1).</param>
/// <param name="TruePositiveRate">P(ŷ = 1 | y = 1); null without positives.</param>
/// <param name="FalsePositiveRate">P(ŷ = 1 | y = 0); null without negatives.</param>
/// <param name="Accuracy">P(ŷ = y).</param>
public sealed record ExpectedRates(double SelectionRate, double? TruePositiveRate, double? FalsePositiveRate, double Accuracy)
{
    internal static ExpectedRates Of(double truePositives, double falsePositives, long positives, long negatives) => new(
        (truePositives + falsePositives) / (positives + negatives),
        positives == 0 ? null : truePositives / positives,
        negatives == 0 ? null : falsePositives / negatives,
        (truePositives + negatives - falsePositives) / (positives + negatives));
}
