namespace MlOps.Explain.Counterfactuals;

/// <summary>A row near the given one, and what the model says about it.</summary>
/// <param name="Changes">What differs, in the model's order; everything else stays.</param>
/// <param name="Prediction">The model's number for the changed row, asked, not estimated.</param>
/// <param name="Distance"><c>Σ |to − from| / scale</c> over the numbers, 1 for each text: how far the row moved in typical deviations.</param>
/// <param name="Row">The changed row, d values.</param>
public sealed record Counterfactual(IReadOnlyList<FeatureChange> Changes, double Prediction, double Distance, IReadOnlyList<double> Row)
{
    /// <summary>The changes in one line: <c>income 20 → 31, city Pune → Agra: 0.62</c>.</summary>
    public override string ToString() =>
        string.Join(", ", Changes.Select(change => $"{change.Feature} {change.FromText} → {change.ToText}")) + FormattableString.Invariant($": {Prediction:0.####}");
}
