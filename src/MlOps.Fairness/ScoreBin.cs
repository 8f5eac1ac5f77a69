namespace MlOps.Fairness;

/// <summary>The rows of one group whose score lies in one interval.</summary>
/// <param name="Lower">The lower edge; it belongs to the bin only in the first one.</param>
/// <param name="Upper">The upper edge; it belongs to the bin.</param>
/// <param name="MeanScore">What the model said on average, in [0, 1].</param>
/// <param name="Observed">What came true: k positives of n rows, n ≥ 1.</param>
public sealed record ScoreBin(double Lower, double Upper, double MeanScore, Rate Observed);
