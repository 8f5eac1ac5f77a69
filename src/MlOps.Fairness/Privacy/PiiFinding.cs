using MlOps.Data.Identifiers;

namespace MlOps.Fairness.Privacy;

/// <summary>A kind of personal data in a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Kind">What was found in it.</param>
/// <param name="Rows">Rows with a match.</param>
/// <param name="Share">Their share of all rows, in (0, 1].</param>
/// <param name="Confidence">Of the surest match, in (0, 1].</param>
/// <param name="Example">The first match, with all but its last two characters hidden.</param>
public sealed record PiiFinding(string Column, PersonalDataKind Kind, int Rows, double Share, double Confidence, string Example);
