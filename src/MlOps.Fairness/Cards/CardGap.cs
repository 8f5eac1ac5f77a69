namespace MlOps.Fairness.Cards;

/// <summary>Something that a document lacks.</summary>
/// <param name="Where">The question, item, metric or group: <c>intended-use.out-of-scope</c>, <c>auc</c>.</param>
/// <param name="What">What is missing.</param>
public sealed record CardGap(string Where, string What)
{
    /// <summary>Writes <c>where: what</c>.</summary>
    public override string ToString() => $"{Where}: {What}";
}
