namespace MlOps.Fairness.Individual;

/// <summary>When two people are alike.</summary>
public enum SimilarityMetric
{
    /// <summary>The length of the difference of their features.</summary>
    Euclid,

    /// <summary>1 − cosine of the angle between their features, in [0, 2]: the mix counts, not the size. A row of zeros has no angle and is refused.</summary>
    Cosine,
}
