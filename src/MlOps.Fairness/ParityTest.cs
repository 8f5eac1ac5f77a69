namespace MlOps.Fairness;

/// <summary>Whether a gap between groups is more than chance: a permutation test.</summary>
/// <param name="Metric">The metric that was tested.</param>
/// <param name="Observed">Its value; null if it is undefined, as the report's note says.</param>
/// <param name="PValue">The share of random assignments with a gap at least as large, counting the observed one: (1 + k) / (1 + permutations), in (0, 1]; null if the metric is undefined.</param>
/// <param name="Permutations">Random assignments that were drawn.</param>
/// <remarks>The p-value says whether there is a gap, not whether it matters: with many rows every gap is significant.</remarks>
public sealed record ParityTest(string Metric, double? Observed, double? PValue, int Permutations);
