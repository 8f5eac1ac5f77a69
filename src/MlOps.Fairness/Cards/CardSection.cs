namespace MlOps.Fairness.Cards;

/// <summary>A part of a document.</summary>
/// <param name="Id">Its name in JSON and before the dot of its questions' ids.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Fields">Its questions, in order.</param>
public sealed record CardSection(string Id, string Title, IReadOnlyList<CardField> Fields);
