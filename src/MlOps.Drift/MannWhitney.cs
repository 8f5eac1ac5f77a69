namespace MlOps.Drift;

/// <summary>Mann–Whitney U test (Wilcoxon's rank sum): is a value of one sample as likely to exceed one of the other as to stay below it?</summary>
/// <param name="Statistic">U, the pairs in which the reference value is the larger, ties counting one half; in [0, n·m], n·m/2 without drift.</param>
/// <param name="PValue">P(a U at least this far in the direction of the alternative | one distribution), in [0, 1].</param>
/// <param name="ReferenceCount">n, values in the reference sample.</param>
/// <param name="CurrentCount">m, values in the current sample.</param>
/// <param name="Alternative">Less: reference values tend to be less than current ones.</param>
/// <param name="Method">How the p-value was computed: exact or asymptotic, never auto.</param>
/// <remarks>
/// Asymptotic: <c>z = (U* − n·m/2 − ½) / s</c>, <c>s² = n·m/12 · (N + 1 − Σ (t³ − t) / (N·(N − 1)))</c>, t the sizes of the ties, N = n + m,
/// U* the U of the alternative (for two sides the larger of U and n·m − U, and the p-value twice the tail), the ½ the continuity correction.
/// Exact: over all orders of the values, which is not corrected for ties. If all values are equal, p is 1. Sees a shift, not a change of spread.
/// <para>Equals <c>scipy.stats.mannwhitneyu(reference, current, use_continuity, alternative, method=method)</c>: Auto is exact when a
/// sample has at most 8 values and there are no ties.</para>
/// <para>Sources: H. B. Mann, D. R. Whitney, Ann. Math. Statist. 18 (1947) 50–60; effect sizes: K. O. McGraw, S. P. Wong,
/// Psychol. Bull. 111 (1992) 361–365; E. E. Cureton, Psychometrika 21 (1956) 287–290.</para>
/// </remarks>
public sealed record MannWhitney(
    double Statistic, double PValue, long ReferenceCount, long CurrentCount, Alternative Alternative, PValueMethod Method)
{
    /// <summary>With more values than this on both sides Auto is asymptotic; SciPy's limit.</summary>
    private const int LargestExact = 8;

    /// <summary>Gets P(current &gt; reference) + ½·P(equal) over all pairs, the common language effect size and the AUC with which the value
    /// alone tells current from reference rows; in [0, 1], ½ without drift.</summary>
    public double CommonLanguage => 1 - (Statistic / ((double)ReferenceCount * CurrentCount));

    /// <summary>Gets the rank-biserial correlation, 2·<see cref="CommonLanguage"/> − 1, in [−1, 1]; positive when values have risen, 0 without drift.</summary>
    public double RankBiserial => (2 * CommonLanguage) - 1;

    /// <summary>Tests two samples in any order. O(n + m); the exact p-value takes O(n · m · min(n, m)).</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <param name="alternative">Which differences count.</param>
    /// <param name="method">How to compute the p-value.</param>
    /// <param name="continuity">Whether the asymptotic p-value is corrected by ½ for U being a whole number.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or infinite values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The alternative or the method is unknown.</exception>
    public static MannWhitney Test(
        ReadOnlySpan<double> reference,
        ReadOnlySpan<double> current,
        Alternative alternative = Alternative.TwoSided,
        PValueMethod method = PValueMethod.Auto,
        bool continuity = true) =>
        Test(SortedSample.Of(reference, nameof(reference)), SortedSample.Of(current, nameof(current)), alternative, method, continuity);

    /// <summary>Tests two samples that are already sorted.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="alternative">Which differences count.</param>
    /// <param name="method">How to compute the p-value.</param>
    /// <param name="continuity">As in the other form.</param>
    /// <exception cref="ArgumentOutOfRangeException">The alternative or the method is unknown.</exception>
    public static MannWhitney Test(
        SortedSample reference,
        SortedSample current,
        Alternative alternative = Alternative.TwoSided,
        PValueMethod method = PValueMethod.Auto,
        bool continuity = true)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        (int n, int m) = (reference.Count, current.Count);
        (long twiceU, double tieTerm) = Pairs(reference, current);
        if (method == PValueMethod.Auto)
        {
            method = Math.Min(n, m) > LargestExact || tieTerm > 0 ? PValueMethod.Asymptotic : PValueMethod.Exact;
        }

        long pairs = (long)n * m;
        (long twiceTail, int sides) = alternative switch
        {
            Alternative.TwoSided => (Math.Max(twiceU, (2 * pairs) - twiceU), 2),
            Alternative.Less => ((2 * pairs) - twiceU, 1),
            Alternative.Greater => (twiceU, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "Unknown alternative."),
        };
        double p = method switch
        {
            PValueMethod.Exact => MannWhitneyLaw.AtLeast(n, m, twiceTail / 2), // a half that ties have left is dropped, as SciPy does
            PValueMethod.Asymptotic => NormalTail(n, m, twiceTail / 2.0, tieTerm, continuity),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
        };
        return new MannWhitney(twiceU / 2.0, Math.Min(1, sides * p), n, m, alternative, method);
    }

    private static (long TwiceU, double TieTerm) Pairs(SortedSample reference, SortedSample current)
    {
        long twiceU = 0;
        double tieTerm = 0;
        var groups = new MergedGroups(reference, current);
        while (groups.Next())
        {
            twiceU += groups.ReferenceTies * ((2 * (long)groups.CurrentBelow) + groups.CurrentTies);
            double ties = groups.ReferenceTies + (double)groups.CurrentTies;
            tieTerm += ((ties * ties) - 1) * ties;
        }

        return (twiceU, tieTerm);
    }

    private static double NormalTail(double n, double m, double u, double tieTerm, bool continuity)
    {
        double all = n + m;
        double deviation = Math.Sqrt(Math.Max(0, n * m / 12 * (all + 1 - (tieTerm / (all * (all - 1))))));
        double distance = u - (n * m / 2) - (continuity ? 0.5 : 0);
        return deviation == 0 ? 1 : NormalLaw.Survival(distance / deviation);
    }
}
