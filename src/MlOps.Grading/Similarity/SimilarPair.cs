namespace MlOps.Grading.Similarity;

/// <summary>Two solutions that have much in common. A reason to look, never proof of copying.</summary>
/// <param name="First">The student who comes first in the list that was compared.</param>
/// <param name="Second">The other student.</param>
/// <param name="Containment"><c>|A ∩ B| / min(|A|, |B|)</c> of the fingerprint sets, in (0, 1]; 1 if the smaller is wholly in the larger.</param>
/// <param name="Jaccard"><c>|A ∩ B| / |A ∪ B|</c>, in (0, 1]; 1 if both sets are the same. Never above the containment.</param>
/// <param name="Shared"><c>|A ∩ B|</c>: read it before the shares.</param>
/// <param name="Passages">What they share, in the order of the first file.</param>
public sealed record SimilarPair(
    string First, string Second, double Containment, double Jaccard, int Shared, IReadOnlyList<MatchingPassage> Passages);
