namespace MlOps.Drift.Texts;

/// <summary>How a word's share of all words has moved.</summary>
/// <param name="Word">The word, in lower case.</param>
/// <param name="Reference">Its share of the reference's words, in [0, 1].</param>
/// <param name="Current">Its share of the current words.</param>
public sealed record WordShift(string Word, double Reference, double Current);
