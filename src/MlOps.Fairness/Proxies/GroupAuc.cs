namespace MlOps.Fairness.Proxies;

/// <summary>How well a small model tells one group from all others.</summary>
/// <param name="Group">The group.</param>
/// <param name="Value">AUC in [0, 1], the mean over the folds: the chance that a member is ranked above a non-member. 0.5 is guessing;
/// null if a fold of the cross-validation has no member or nobody else: too few rows.</param>
public sealed record GroupAuc(string Group, double? Value);
