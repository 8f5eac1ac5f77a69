using MlOps.Data.Identifiers;
namespace MlOps.Drift.Quality;

/// <summary>A column that holds, or may hold, personal data.</summary>
/// <param name="Column">The column.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="MatchingShare">The share of its values that look like that kind, in [0, 1]; 0 for kinds that are recognised by name only.</param>
/// <param name="NameMatches">Whether the column's name speaks of that kind.</param>
/// <param name="Confidence">How sure it is.</param>
public sealed record PersonalColumn(string Column, PersonalDataKind Kind, double MatchingShare, bool NameMatches, PersonalDataConfidence Confidence);
