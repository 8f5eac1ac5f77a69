namespace MlOps.Fairness;

/// <summary>A rate of <see cref="OutcomeCounts"/>, and what is lacking where it is undefined.</summary>
/// <param name="Name">As in JSON.</param>
/// <param name="Of">The rate.</param>
/// <param name="Lacking">Why it is undefined.</param>
internal sealed record OutcomeRate(string Name, Func<OutcomeCounts, Rate> Of, string Lacking);

/// <summary>Every rate of a group, in the order of the JSON.</summary>
internal static class OutcomeRates
{
    internal static readonly OutcomeRate Selection = new("selectionRate", counts => counts.SelectionRate, "no rows");
    internal static readonly OutcomeRate TruePositive = new("truePositiveRate", counts => counts.TruePositiveRate, "no positives");
    internal static readonly OutcomeRate FalsePositive = new("falsePositiveRate", counts => counts.FalsePositiveRate, "no negatives");
    internal static readonly OutcomeRate PositivePredictive = new("positivePredictiveValue", counts => counts.PositivePredictiveValue, "nobody predicted positive");
    internal static readonly OutcomeRate Accuracy = new("accuracy", counts => counts.Accuracy, "no rows");

    internal static readonly OutcomeRate[] All =
    [
        Selection,
        TruePositive,
        FalsePositive,
        PositivePredictive,
        Accuracy,
        new("baseRate", counts => counts.BaseRate, "no rows"),
        new("falseNegativeRate", counts => counts.FalseNegativeRate, "no positives"),
        new("trueNegativeRate", counts => counts.TrueNegativeRate, "no negatives"),
        new("negativePredictiveValue", counts => counts.NegativePredictiveValue, "nobody predicted negative"),
        new("falseDiscoveryRate", counts => counts.FalseDiscoveryRate, "nobody predicted positive"),
        new("falseOmissionRate", counts => counts.FalseOmissionRate, "nobody predicted negative"),
        new("errorRate", counts => counts.ErrorRate, "no rows"),
    ];
}
