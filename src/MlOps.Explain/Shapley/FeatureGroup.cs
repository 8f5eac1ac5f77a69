namespace MlOps.Explain.Shapley;

/// <summary>Features that play as one: the columns of a one-hot coded text, or longitude and latitude.</summary>
/// <param name="Name">What the explanation calls them.</param>
/// <param name="Features">Their names, at least one.</param>
public sealed record FeatureGroup(string Name, IReadOnlyList<string> Features);
