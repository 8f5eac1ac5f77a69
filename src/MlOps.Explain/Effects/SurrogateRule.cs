namespace MlOps.Explain.Effects;

/// <summary>One leaf of a surrogate tree: which rows it is about, and what the model says of them on the whole.</summary>
/// <param name="Conditions">What holds for the rows, all of it: <c>30 &lt; age ≤ 50</c>, <c>town is Pune</c>; none where the tree does not split.</param>
/// <param name="Prediction">The mean of the model's numbers over the rows that the tree learned from.</param>
/// <param name="Share">The share of these rows it is about, in (0, 1].</param>
public sealed record SurrogateRule(IReadOnlyList<string> Conditions, double Prediction, double Share)
{
    /// <summary>Returns the rule as a sentence.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{(Conditions.Count == 0 ? "always" : $"if {string.Join(" and ", Conditions)}")}: {Prediction:0.####} ({Share:P0} of the rows)");
}
