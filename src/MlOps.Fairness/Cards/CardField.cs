namespace MlOps.Fairness.Cards;

/// <summary>A question with what is known: what a program recorded and what a person wrote, kept apart.</summary>
/// <param name="Question">The question.</param>
/// <param name="Facts">What a program recorded: a hash, a version; empty if it knows nothing.</param>
/// <param name="Answer">What a person wrote, a paragraph an entry; empty if nobody has answered.</param>
public sealed record CardField(CardQuestion Question, IReadOnlyList<string> Facts, IReadOnlyList<string> Answer)
{
    /// <summary>Gets a value indicating whether anything stands here.</summary>
    public bool IsAnswered => Facts.Count > 0 || Answer.Count > 0;
}
