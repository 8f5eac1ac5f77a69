using System.Numerics.Tensors;

namespace MlOps.Drift.Multivariate;

/// <summary>Maximum mean discrepancy (MMD) with a Gaussian kernel: do two samples of rows come from one law?</summary>
/// <param name="Unbiased">MMD² without the pairs of a row with itself: about 0 without drift, and then as often below 0 as above. The tested statistic.</param>
/// <param name="Biased">MMD² with them, in [0, 2); never negative.</param>
/// <param name="PValue">The permutation p-value <c>(1 + #{permuted ≥ Unbiased}) / (1 + B)</c>.</param>
/// <param name="Chance">What <paramref name="Unbiased"/> exceeds by chance in one case of twenty at these sizes.</param>
/// <param name="Bandwidth">The kernel's σ, in the unit of the rows.</param>
/// <param name="Used">Rows that were compared on each side.</param>
/// <remarks>
/// <c>MMD² = mean k(xᵢ, xⱼ) + mean k(yᵢ, yⱼ) − 2·mean k(xᵢ, yⱼ)</c> with <c>k(x, y) = exp(−‖x − y‖² / (2σ²))</c>. Standardise columns of different
/// units first. O((n + m)² · (d + B)).
/// <para>Source: A. Gretton et al., "A Kernel Two-Sample Test", JMLR 13 (2012), equations 3 and 5.</para>
/// </remarks>
public sealed record MaximumMeanDiscrepancy(double Unbiased, double Biased, double PValue, double Chance, double Bandwidth, RowCounts Used)
{
    /// <summary>Tests two samples of rows.</summary>
    /// <param name="reference">n ≥ 2 rows × <paramref name="width"/> finite numbers, row after row.</param>
    /// <param name="current">m ≥ 2 rows of the same width.</param>
    /// <param name="width">Numbers a row, at least 1.</param>
    /// <param name="bandwidth">σ &gt; 0; if null the median of the distances of all pairs of different rows that are used, both sides pooled (of an even
    /// number of pairs the mean of the two in the middle), or 1 where that is 0.</param>
    /// <param name="options">Permutations, sample and seed; the defaults if null.</param>
    /// <param name="cancellationToken">Stops the test.</param>
    /// <exception cref="ArgumentException">A side has fewer than 2 rows, half a row, or numbers that are NaN or infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bandwidth"/> is not a finite number above 0.</exception>
    public static MaximumMeanDiscrepancy Test(
        ReadOnlySpan<double> reference,
        ReadOnlySpan<double> current,
        int width = 1,
        double? bandwidth = null,
        PermutationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new PermutationOptions();
        RowBlock rows = RowBlock.Of(reference, current, width, minRows: 2).Sample(options.MaxRows, options.Seed);
        PairTable squares = PairTable.SquaredDistances(rows, cancellationToken);
        double sigma = bandwidth is { } given ? Guard.Positive(given, nameof(bandwidth)) : MedianDistance(squares.Middle());
        double scale = -1 / (2 * sigma * sigma);
        PairTable kernel = squares.Map((from, to) =>
        {
            TensorPrimitives.Multiply(from, scale, to);
            TensorPrimitives.Exp(to, to);
        });
        PairSums sums = kernel.Sums();
        double[] permuted = Array.ConvertAll(kernel.Permuted(options.Permutations, options.Seed, cancellationToken), split => split.Unbiased);
        return new MaximumMeanDiscrepancy(
            sums.Unbiased,
            Math.Max(0, sums.Biased), // rounding may leave −1e-17
            PermutationP.Of(sums.Unbiased, permuted),
            PermutationP.Chance(permuted),
            sigma,
            new RowCounts(rows.ReferenceRows, rows.CurrentRows));
    }

    private static double MedianDistance((double Low, double High) middleSquares)
    {
        double median = (Math.Sqrt(middleSquares.Low) + Math.Sqrt(middleSquares.High)) / 2;
        return median > 0 ? median : 1;
    }
}
