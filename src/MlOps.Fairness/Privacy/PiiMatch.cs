using MlOps.Data.Identifiers;

namespace MlOps.Fairness.Privacy;

/// <summary>A place in a text that names or reaches a person.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins, in characters from 0.</param>
/// <param name="Text">The characters themselves.</param>
/// <param name="Confidence">How sure that is, in (0, 1]: 1 where a check digit fits.</param>
public sealed record PiiMatch(PersonalDataKind Kind, int Start, string Text, double Confidence)
{
    /// <summary>Gets the place behind its last character.</summary>
    public int End => Start + Text.Length;
}
