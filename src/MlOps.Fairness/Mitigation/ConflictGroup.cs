namespace MlOps.Fairness.Mitigation;

/// <summary>One group's rates, and the false-positive rate it would need.</summary>
/// <param name="Group">The group.</param>
/// <param name="Counts">Its counts.</param>
/// <param name="NeededFalsePositiveRate">p/(1 − p) · (1 − PPV)/PPV · TPR with the PPV and TPR of all rows and the group's own base rate p; null if undefined. It may exceed 1: then no decision can do it.</param>
/// <param name="Note">Why it is undefined or impossible; null if there is nothing to say.</param>
public sealed record ConflictGroup(string Group, OutcomeCounts Counts, double? NeededFalsePositiveRate, string? Note);
