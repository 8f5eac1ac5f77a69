namespace MlOps.Fairness;

/// <summary>One group against a reference group, with signs: the view of AIF360 with its unprivileged and privileged group.</summary>
/// <remarks>
/// Differences are <c>group − reference</c>: below 0 the group has the lower rate. Ratios are <c>group / reference</c> and may exceed 1.
/// A value is null, with a note, where a rate of either side is undefined or the ratio would divide by 0.
/// <para>Source of the definitions: R. Bellamy et al., "AI Fairness 360", IBM Journal of Research and Development 63 (2019) 4:1.</para>
/// </remarks>
/// <param name="Group">The group, or several joined by " + ".</param>
/// <param name="Reference">The reference group, likewise.</param>
/// <param name="Metrics">The comparisons, by name.</param>
public sealed record ReferenceComparison(string Group, string Reference, IReadOnlyList<ParityMetric> Metrics)
{
    /// <summary>Gets a comparison by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists those there are.</exception>
    public ParityMetric this[string name] => Metrics.FirstOrDefault(metric => metric.Name == name)
        ?? throw new KeyNotFoundException($"There is no metric '{name}'. There are: {string.Join(", ", Metrics.Select(metric => metric.Name))}.");

    /// <summary>Compares two sets of counts.</summary>
    internal static ReferenceComparison Of(string group, OutcomeCounts counts, string reference, OutcomeCounts referenceCounts)
    {
        ParityMetric selection = Difference("statisticalParityDifference", OutcomeRates.Selection);
        ParityMetric opportunity = Difference("equalOpportunityDifference", OutcomeRates.TruePositive);
        ParityMetric falsePositives = Difference("falsePositiveRateDifference", OutcomeRates.FalsePositive);
        string? half = opportunity.Value is null ? opportunity.Note : falsePositives.Note;
        return new ReferenceComparison(group, reference,
        [
            selection,
            Ratio("disparateImpact", OutcomeRates.Selection),
            opportunity,
            falsePositives,
            new("averageOddsDifference", (opportunity.Value + falsePositives.Value) / 2, 0, half),
            new("averageAbsoluteOddsDifference", opportunity.Value is { } t && falsePositives.Value is { } f ? (Math.Abs(t) + Math.Abs(f)) / 2 : null, 0, half),
            Difference("predictiveParityDifference", OutcomeRates.PositivePredictive),
            Difference("accuracyDifference", OutcomeRates.Accuracy),
            .. OutcomeRates.All
                .Where(rate => rate.Name is "negativePredictiveValue" or "falseDiscoveryRate" or "falseOmissionRate" or "errorRate" or "falseNegativeRate" or "trueNegativeRate")
                .Select(rate => Difference(rate.Name + "Difference", rate)),
        ]);

        ParityMetric Difference(string name, OutcomeRate rate) =>
            new(name, rate.Of(counts).Value - rate.Of(referenceCounts).Value, 0, Undefined(rate));

        ParityMetric Ratio(string name, OutcomeRate rate) => Undefined(rate) is { } lacking
            ? new(name, null, 1, lacking)
            : rate.Of(referenceCounts).Numerator == 0
                ? new(name, null, 1, $"undefined: the rate of {reference} is 0")
                : new(name, rate.Of(counts).Value / rate.Of(referenceCounts).Value, 1);

        string? Undefined(OutcomeRate rate) => (rate.Of(counts).Value, rate.Of(referenceCounts).Value) switch
        {
            (null, _) => $"undefined: {rate.Lacking} in {group}",
            (_, null) => $"undefined: {rate.Lacking} in {reference}",
            _ => null,
        };
    }
}
