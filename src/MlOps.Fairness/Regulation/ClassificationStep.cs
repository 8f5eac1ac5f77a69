namespace MlOps.Fairness.Regulation;

/// <summary>One step on the way to a risk class.</summary>
/// <param name="Article">The provision.</param>
/// <param name="Finding">What it leads to here, and why.</param>
public sealed record ClassificationStep(string Article, string Finding)
{
    /// <summary>Writes <c>article: finding</c>.</summary>
    public override string ToString() => $"{Article}: {Finding}";
}
