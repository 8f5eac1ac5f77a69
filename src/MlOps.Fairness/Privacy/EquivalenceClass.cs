namespace MlOps.Fairness.Privacy;

/// <summary>Rows that nobody can tell apart by their quasi-identifiers.</summary>
/// <param name="Values">The values they share, one a quasi-identifier; null where missing.</param>
/// <param name="Rows">How many they are.</param>
/// <param name="DistinctSensitive">How many sensitive values occur among them; null without a sensitive column.</param>
/// <param name="EntropySensitive">exp of the entropy of those values in nats: the effective number of values; null without a sensitive column.</param>
public sealed record EquivalenceClass(IReadOnlyList<string?> Values, int Rows, int? DistinctSensitive, double? EntropySensitive);
