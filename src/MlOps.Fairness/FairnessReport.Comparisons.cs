namespace MlOps.Fairness;

public sealed partial record FairnessReport
{
    private const int DefaultPermutations = 9_999;

    /// <summary>The largest gap of any rate, between the groups or to all rows.</summary>
    /// <remarks>Between groups <c>max − min</c>; to overall <c>max |group − overall|</c>, as Fairlearn. Suppressed groups and groups where the rate is undefined are left out.</remarks>
    /// <param name="name">The metric's name in the result.</param>
    /// <param name="rate">The rate: <c>counts => counts.FalseOmissionRate</c>.</param>
    /// <param name="across">What the groups are held against.</param>
    public ParityMetric Difference(string name, Func<OutcomeCounts, Rate> rate, Across across = Across.Groups)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(rate);
        return Cells(Groups, Overall, Reference).Difference(name, counts => rate(counts).Value, "nobody to count", across);
    }

    /// <summary>The smallest quotient of any rate, between the groups or to all rows.</summary>
    /// <remarks>Between groups <c>min / max</c>; to overall the smallest of <c>group / overall</c>, or of its inverse where that exceeds 1, as Fairlearn.</remarks>
    /// <param name="name">The metric's name in the result.</param>
    /// <param name="rate">The rate: <c>counts => counts.FalseOmissionRate</c>.</param>
    /// <param name="across">What the groups are held against.</param>
    public ParityMetric Ratio(string name, Func<OutcomeCounts, Rate> rate, Across across = Across.Groups)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(rate);
        return Cells(Groups, Overall, Reference).Ratio(name, counts => rate(counts).Value, "nobody to count", across);
    }

    /// <summary>Compares some groups, joined, with others, joined: AIF360's unprivileged and privileged side.</summary>
    /// <param name="groups">The groups to compare.</param>
    /// <param name="reference">The groups they are compared with.</param>
    /// <exception cref="ArgumentException">A side is empty, names a group that does not exist, or both sides share one.</exception>
    public ReferenceComparison Compare(IReadOnlyList<string> groups, IReadOnlyList<string> reference)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(reference);
        string[] both = [.. groups.Intersect(reference, StringComparer.Ordinal)];
        return both.Length > 0
            ? throw new ArgumentException($"'{both[0]}' cannot be on both sides.", nameof(reference))
            : ReferenceComparison.Of(string.Join(" + ", groups), Joined(groups, nameof(groups)), string.Join(" + ", reference), Joined(reference, nameof(reference)));
    }

    /// <summary>The generalised entropy index over all rows.</summary>
    /// <param name="alpha">α, as in <see cref="OutcomeCounts.GeneralizedEntropyIndex"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not finite.</exception>
    public double? GeneralizedEntropyIndex(double alpha) => Overall.GeneralizedEntropyIndex(alpha);

    /// <summary>Tests whether the groups' selection rates differ by more than chance.</summary>
    /// <remarks>Draws from all ways to hand the same number of selections to groups of the same sizes, from the counts: the cost does not depend on the rows.</remarks>
    /// <param name="permutations">Draws, ≥ 1.</param>
    /// <param name="seed">Equal seeds give equal p-values.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="permutations"/> is below 1.</exception>
    public ParityTest DemographicParityTest(int permutations = DefaultPermutations, int seed = 0) =>
        PermutationTest.Of(this["demographicParityDifference"], Compared(outcome => outcome.Counts.SelectionRate), permutations, seed);

    /// <summary>Tests whether the groups' true positive rates differ by more than chance.</summary>
    /// <remarks>As <see cref="DemographicParityTest"/>, among the positives.</remarks>
    /// <param name="permutations">Draws, ≥ 1.</param>
    /// <param name="seed">Equal seeds give equal p-values.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="permutations"/> is below 1.</exception>
    public ParityTest EqualOpportunityTest(int permutations = DefaultPermutations, int seed = 0) =>
        PermutationTest.Of(this["equalOpportunityDifference"], Compared(outcome => outcome.Counts.TruePositiveRate), permutations, seed);

    private Rate[] Compared(Func<GroupOutcome, Rate> rate) => [.. Groups.Where(outcome => !outcome.IsSuppressed).Select(rate).Where(known => known.Denominator > 0)];

    private OutcomeCounts Joined(IReadOnlyList<string> names, string argument)
    {
        string? unknown = names.FirstOrDefault(name => Groups.All(outcome => outcome.Group != name));
        return names.Count == 0 || unknown is not null
            ? throw new ArgumentException($"{argument} needs groups of the report ({string.Join("; ", Groups.Take(20).Select(outcome => outcome.Group))}); got {(unknown is null ? "none" : $"'{unknown}'")}.", argument)
            : Groups.Where(outcome => names.Contains(outcome.Group)).Select(outcome => outcome.Counts).Aggregate((a, b) => a + b);
    }
}
