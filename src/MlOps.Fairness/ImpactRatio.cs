namespace MlOps.Fairness;

/// <summary>How often a group is selected, measured by the most selected one.</summary>
/// <param name="Group">The group.</param>
/// <param name="SelectionRate">Its selection rate.</param>
/// <param name="Value">The rate divided by that of the most selected group, in [0, 1].</param>
public sealed record ImpactRatio(string Group, Rate SelectionRate, double Value);
