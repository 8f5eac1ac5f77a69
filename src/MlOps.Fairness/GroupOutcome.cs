namespace MlOps.Fairness;

/// <summary>What a two-class decision did to one group.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Values">Its values, one a sensitive column.</param>
/// <param name="Counts">The four counts and the rates made of them.</param>
public sealed record GroupOutcome(string Group, IReadOnlyList<string> Values, OutcomeCounts Counts)
{
    /// <summary>Gets the share of all rows that belong to the group, in [0, 1].</summary>
    public double Share { get; init; }

    /// <summary>Gets how well the scores fit the group; null if no scores were given.</summary>
    public GroupScores? Scores { get; init; }

    /// <summary>Gets whether the group has fewer rows than <see cref="FairnessOptions.SmallGroup"/>: read its intervals, not its rates.</summary>
    public bool IsSmall { get; init; }

    /// <summary>Gets whether the group was left out of the comparisons, as it has fewer rows than <see cref="FairnessOptions.MinimumGroup"/>.</summary>
    public bool IsSuppressed { get; init; }

    /// <summary>Gets why rates are undefined, by the rate's name as in JSON: <c>truePositiveRate</c> → "no positives". Empty if all are defined.</summary>
    public IReadOnlyDictionary<string, string> Undefined => OutcomeRates.All
        .Where(rate => rate.Of(Counts).Value is null)
        .ToDictionary(rate => rate.Name, rate => rate.Lacking);
}
