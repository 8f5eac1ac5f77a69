namespace MlOps.Grading.Similarity;

/// <summary>What a comparison of a class found for one exercise.</summary>
/// <param name="Compared">How many solutions were compared with each other.</param>
/// <param name="TooShort">Students whose solutions have too little of their own to be compared, in the order given.</param>
/// <param name="Pairs">The pairs at or above the threshold: highest containment first, then highest Jaccard, then the order given.</param>
/// <param name="Options">What was asked for.</param>
public sealed record SimilarityResult(
    int Compared, IReadOnlyList<string> TooShort, IReadOnlyList<SimilarPair> Pairs, SimilarityOptions Options);
