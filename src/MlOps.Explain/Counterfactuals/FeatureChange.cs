namespace MlOps.Explain.Counterfactuals;

/// <summary>One feature that a counterfactual changes.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="From">Its value in the row.</param>
/// <param name="To">Its value in the counterfactual.</param>
/// <param name="FromText">The row's value as a reader would write it.</param>
/// <param name="ToText">The counterfactual's value likewise.</param>
public sealed record FeatureChange(string Feature, double From, double To, string FromText, string ToText);
