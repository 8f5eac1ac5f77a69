namespace MlOps.Explain.Lime;

/// <summary>One feature over several runs of LIME.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Condition">What its weight is about.</param>
/// <param name="Mean">The mean weight; 0 in runs that did not choose it.</param>
/// <param name="StandardDeviation">Of the weights over the runs (n − 1).</param>
/// <param name="ChosenShare">The share of runs that chose it, in (0, 1].</param>
public sealed record LimeStableFeature(string Feature, string Condition, double Mean, double StandardDeviation, double ChosenShare);
