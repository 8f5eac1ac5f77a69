namespace MlOps.Fairness.Mitigation;

/// <summary>The rows of one group with one label, and their weight.</summary>
/// <param name="Group">The group.</param>
/// <param name="Label">The label.</param>
/// <param name="Count">n_gy, the rows of this group with this label.</param>
/// <param name="Weight">w(g, y) = n_g · n_y / (n · n_gy); null if no row has this label at all, so that nothing needs the weight.</param>
public sealed record ReweighingCell(string Group, bool Label, long Count, double? Weight);
