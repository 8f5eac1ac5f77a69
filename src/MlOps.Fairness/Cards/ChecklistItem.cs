namespace MlOps.Fairness.Cards;

/// <summary>One item of a check-list.</summary>
/// <param name="Id">Its name in answer files: <c>ai-act-9</c>.</param>
/// <param name="Section">The heading it stands under.</param>
/// <param name="Article">Where it comes from: <c>Art. 9</c>, <c>s. 8(5)</c>.</param>
/// <param name="Duty">What is to be done, in our words.</param>
/// <param name="Who">Whose duty it is: provider, deployer, controller, data fiduciary.</param>
/// <param name="AppliesFrom">The day from which it applies; null if no day is given or it is not certain: then <paramref name="Note"/> says more.</param>
/// <param name="Note">What limits the duty or its date; null if there is nothing to say.</param>
public sealed record ChecklistItem(string Id, string Section, string Article, string Duty, string Who, DateOnly? AppliesFrom = null, string? Note = null)
{
    /// <summary>Gets where it stands.</summary>
    public ItemStatus Status { get; init; } = ItemStatus.Open;

    /// <summary>Gets what shows it: links, files, measured values.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Gets why it does not apply or is not met; null if nobody said.</summary>
    public string? Reason { get; init; }
}
