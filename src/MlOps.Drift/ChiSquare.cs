using MathNet.Numerics;

namespace MlOps.Drift;

/// <summary>Pearson's chi-square test of homogeneity: are the categories equally frequent in both samples?</summary>
/// <param name="Statistic">χ², in [0, ∞); 0 when the shares are equal.</param>
/// <param name="PValue">P(a statistic at least this large | equal shares), in [0, 1], by the χ² approximation.</param>
/// <param name="DegreesOfFreedom">K − 1, K the levels that occur on either side.</param>
/// <param name="ReferenceCount">n, observations in the reference.</param>
/// <param name="CurrentCount">m, observations now.</param>
/// <param name="SmallestExpected">The smallest expected count of the 2 × K table.</param>
/// <remarks>
/// <c>χ² = Σ (observed − expected)² / expected</c> over the 2 × K table of sample by level; expected = row total · column total / all.
/// New and vanished levels are ordinary cells with a 0; a level that is empty on both sides is dropped. With a single level the
/// statistic is 0 and the p-value 1.
/// <para>Equals <c>scipy.stats.chi2_contingency(table, correction=False)</c>: no Yates correction.</para>
/// <para>Source: K. Pearson, Phil. Mag. 50 (1900) 157–175; the rule of 5: W. G. Cochran, Biometrics 10 (1954) 417–451;
/// effect size: H. Cramér, "Mathematical Methods of Statistics" (1946), section 21.9.</para>
/// </remarks>
public sealed record ChiSquare(
    double Statistic, double PValue, int DegreesOfFreedom, long ReferenceCount, long CurrentCount, double SmallestExpected)
{
    /// <summary>Cochran's rule: below this expected count the χ² approximation is rough.</summary>
    internal const double SmallestReliable = 5;

    /// <summary>Gets a value indicating whether some expected count is below 5, so that the p-value is only rough.</summary>
    public bool IsRough => SmallestExpected < SmallestReliable;

    /// <summary>Gets Cramér's V, √(χ² / (n + m)), in [0, 1]; 0 when the shares are equal, 1 when the samples have no level in common.</summary>
    public double CramersV => Math.Min(1, Math.Sqrt(Statistic / ((double)ReferenceCount + CurrentCount)));

    /// <summary>Tests two lists of counts.</summary>
    /// <param name="reference">Counts per level: each ≥ 0, at least one &gt; 0.</param>
    /// <param name="current">Counts per level now; same levels in the same order, same rules.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a side has no observation.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static ChiSquare Test(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        Shares.SameBins(reference.Length, current.Length);
        long n = Shares.Total(reference, nameof(reference));
        long m = Shares.Total(current, nameof(current));
        double smallerShare = Math.Min(n, m) / ((double)n + m);

        double statistic = 0;
        double smallest = double.PositiveInfinity;
        int levels = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double both = (double)reference[i] + current[i];
            if (both == 0)
            {
                continue;
            }

            // (observed − expected)² / expected of both cells together, brought to one fraction: equal shares give exactly 0.
            levels++;
            double cross = (reference[i] * (double)m) - (current[i] * (double)n);
            statistic += cross / n * (cross / m) / both;
            smallest = Math.Min(smallest, both * smallerShare);
        }

        double p = levels == 1 || statistic == 0 ? 1 : SpecialFunctions.GammaUpperRegularized((levels - 1) / 2.0, statistic / 2);
        return new ChiSquare(statistic, Math.Clamp(p, 0, 1), levels - 1, n, m, smallest);
    }
}
