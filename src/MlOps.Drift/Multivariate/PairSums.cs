namespace MlOps.Drift.Multivariate;

/// <summary>Sums of a symmetric pair table over a split of its rows; each ordered pair counts, so pairs within a side count twice.</summary>
internal readonly record struct PairSums(
    int N, int M, double WithinReference, double WithinCurrent, double Across, double DiagonalReference, double DiagonalCurrent)
{
    /// <summary>mean(reference pairs) + mean(current pairs) − 2·mean(pairs across), the pair of a row with itself included.</summary>
    internal double Biased => (WithinReference / ((double)N * N)) + (WithinCurrent / ((double)M * M)) - (2 * Across / ((double)N * M));

    /// <summary>The same without the pairs of a row with itself.</summary>
    internal double Unbiased =>
        ((WithinReference - DiagonalReference) / ((double)N * (N - 1))) + ((WithinCurrent - DiagonalCurrent) / ((double)M * (M - 1))) - (2 * Across / ((double)N * M));
}
