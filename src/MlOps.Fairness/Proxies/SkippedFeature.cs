namespace MlOps.Fairness.Proxies;

/// <summary>A column that was not looked at.</summary>
/// <param name="Feature">The column.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedFeature(string Feature, string Reason);
