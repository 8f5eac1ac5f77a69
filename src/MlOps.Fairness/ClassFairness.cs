namespace MlOps.Fairness;

/// <summary>One class against the rest, as a two-class decision.</summary>
/// <param name="Class">The class that counts as positive; several, joined by " or ", for a favourable set.</param>
/// <param name="Report">The two-class report.</param>
public sealed record ClassFairness(string Class, FairnessReport Report);
