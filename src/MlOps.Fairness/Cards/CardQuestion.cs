namespace MlOps.Fairness.Cards;

/// <summary>One question of a document.</summary>
/// <param name="Id">Its name in answer files and JSON: <c>intended-use.out-of-scope</c>, the section's id first.</param>
/// <param name="Text">The question as a person reads it.</param>
/// <param name="Required">Whether <see cref="CardDocument.Check"/> misses an answer.</param>
public sealed record CardQuestion(string Id, string Text, bool Required);
