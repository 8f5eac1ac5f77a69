namespace MlOps.Grading.Answers;

/// <summary>One property in <c>answers.sealed.json</c>.</summary>
/// <param name="Tolerance">The tolerance of a number, null for a choice.</param>
/// <param name="Salt">Makes equal answers of two properties look different.</param>
/// <param name="Entries">One for each canonical text that means something, sorted by tag; all equally long, right or wrong.</param>
/// <param name="Texts">The explanations, sorted by their bytes; all equally long, the right answer's empty one too.</param>
internal sealed record SealedProperty(double? Tolerance, byte[] Salt, IReadOnlyList<byte[]> Entries, IReadOnlyList<byte[]> Texts);
