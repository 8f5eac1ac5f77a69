using MathNet.Numerics;

namespace MlOps.Drift;

/// <summary>G test of homogeneity (likelihood ratio): are the categories equally frequent in both samples?</summary>
/// <param name="Statistic">G, in [0, ∞); 0 when the shares are equal.</param>
/// <param name="PValue">P(a statistic at least this large | equal shares), in [0, 1], by the χ² approximation.</param>
/// <param name="DegreesOfFreedom">K − 1, K the levels that occur on either side.</param>
/// <param name="ReferenceCount">n, observations in the reference.</param>
/// <param name="CurrentCount">m, observations now.</param>
/// <param name="SmallestExpected">The smallest expected count of the 2 × K table.</param>
/// <param name="CramersV">√(χ² / (n + m)) with Pearson's χ² of the same table, in [0, 1]; 0 when the shares are equal.</param>
/// <remarks>
/// <c>G = 2 Σ observed · ln(observed / expected)</c> over the 2 × K table of sample by level, 0 · ln 0 = 0; expected = row total · column
/// total / all. A level that is empty on both sides is dropped. With a single level G is 0 and the p-value 1. G / (2·(n + m)) is the
/// Jensen–Shannon divergence of the two samples weighted by their sizes.
/// <para>Equals <c>scipy.stats.chi2_contingency(table, lambda_="log-likelihood", correction=False)</c>.</para>
/// <para>Source: S. S. Wilks, "The Large-Sample Distribution of the Likelihood Ratio", Ann. Math. Statist. 9 (1938) 60–62.</para>
/// </remarks>
public sealed record GTest(
    double Statistic, double PValue, int DegreesOfFreedom, long ReferenceCount, long CurrentCount, double SmallestExpected, double CramersV)
{
    /// <summary>Gets a value indicating whether some expected count is below 5, so that the p-value is only rough.</summary>
    public bool IsRough => SmallestExpected < ChiSquare.SmallestReliable;

    /// <summary>Tests two lists of counts.</summary>
    /// <param name="reference">Counts per level: each ≥ 0, at least one &gt; 0.</param>
    /// <param name="current">Counts per level now; same levels in the same order, same rules.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a side has no observation.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static GTest Test(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        ChiSquare pearson = ChiSquare.Test(reference, current);
        (double n, double m) = (pearson.ReferenceCount, pearson.CurrentCount);
        double sum = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double both = (double)reference[i] + current[i];
            sum += Term(reference[i], both * (n / (n + m))) + Term(current[i], both * (m / (n + m)));
        }

        int freedom = pearson.DegreesOfFreedom;
        double g = pearson.Statistic == 0 ? 0 : Math.Max(0, 2 * sum); // equal shares give exactly 0, not what rounding leaves
        double p = g == 0 ? 1 : SpecialFunctions.GammaUpperRegularized(freedom / 2.0, g / 2);
        return new GTest(g, Math.Clamp(p, 0, 1), freedom, pearson.ReferenceCount, pearson.CurrentCount, pearson.SmallestExpected, pearson.CramersV);
    }

    private static double Term(long observed, double expected) => observed == 0 ? 0 : observed * Math.Log(observed / expected);
}
