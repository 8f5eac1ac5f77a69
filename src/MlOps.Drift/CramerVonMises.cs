namespace MlOps.Drift;

/// <summary>Two-sample Cramér–von Mises test: could both samples come from one distribution? Sums gaps everywhere, where Kolmogorov–Smirnov takes the largest.</summary>
/// <param name="Statistic">T, ≥ 0 without ties; about 1/6 without drift.</param>
/// <param name="PValue">P(a statistic at least this large | one distribution), in [0, 1].</param>
/// <param name="ReferenceCount">n, values in the reference sample.</param>
/// <param name="CurrentCount">m, values in the current sample.</param>
/// <param name="Method">How the p-value was computed: exact or asymptotic, never auto.</param>
/// <remarks>
/// <c>U = n Σᵢ (rᵢ − i)² + m Σⱼ (sⱼ − j)²</c>, r and s the ranks of the sorted samples among all N = n + m values (the mean rank at
/// ties), <c>T = U / (n·m·N) − (4·n·m − 1) / (6·N)</c>; without ties T is <c>n·m/N · ∫ (F − G)² dH</c>, F, G and H the distribution
/// functions of reference, current and all values. Ties are not allowed for: each adds to T, so that on whole numbers with few
/// distinct values T is far too large and p far too small even without drift (in SciPy too). Prefer <see cref="AndersonDarling"/> there. Symmetric; unchanged when both samples are transformed by one rising function.
/// <para>Equals <c>scipy.stats.cramervonmises_2samp(reference, current, method)</c>: Auto is exact when neither sample has more than 20
/// values. The asymptotic p-value has 14 digits after the point, no more: below that it is 0, as SciPy's is.</para>
/// <para>Sources: T. W. Anderson, "On the Distribution of the Two-Sample Cramér–von Mises Criterion", Ann. Math. Statist. 33 (1962)
/// 1148–1159; S. Csörgő, J. J. Faraway, J. R. Statist. Soc. B 58 (1996) 221–234; exact law: Y. Xiao, A. Gordon, A. Yakovlev,
/// J. Stat. Software 17/8 (2006).</para>
/// </remarks>
public sealed record CramerVonMises(double Statistic, double PValue, long ReferenceCount, long CurrentCount, PValueMethod Method)
{
    /// <summary>The largest sample for which Auto computes the exact law; SciPy's limit.</summary>
    private const int LargestExact = 20;

    /// <summary>Gets √∫ (F − G)² dH, the root mean square gap of the distribution functions, in [0, 1/√3]; 0 when they coincide.</summary>
    public double RootMeanSquareGap =>
        Math.Sqrt(Math.Max(0, Statistic) * ((double)ReferenceCount + CurrentCount) / ((double)ReferenceCount * CurrentCount));

    /// <summary>Tests two samples in any order. O(n + m) without the exact p-value.</summary>
    /// <param name="reference">n ≥ 2 finite values.</param>
    /// <param name="current">m ≥ 2 finite values.</param>
    /// <param name="method">How to compute the p-value. The exact law takes seconds at 30 values and grows fast.</param>
    /// <exception cref="ArgumentException">A sample has fewer than two values, or holds NaN or infinite ones.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The method is unknown.</exception>
    public static CramerVonMises Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, PValueMethod method = PValueMethod.Auto) =>
        Test(SortedSample.Of(reference, nameof(reference)), SortedSample.Of(current, nameof(current)), method);

    /// <summary>Tests two samples that are already sorted.</summary>
    /// <param name="reference">The reference sample, n ≥ 2.</param>
    /// <param name="current">The current sample, m ≥ 2.</param>
    /// <param name="method">How to compute the p-value.</param>
    /// <exception cref="ArgumentException">A sample has fewer than two values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The method is unknown.</exception>
    public static CramerVonMises Test(SortedSample reference, SortedSample current, PValueMethod method = PValueMethod.Auto)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        (int n, int m) = (reference.Count, current.Count);
        if (n < 2 || m < 2)
        {
            throw new ArgumentException($"The Cramér–von Mises test needs at least two values a side; got {n} and {m}.", n < 2 ? nameof(reference) : nameof(current));
        }

        if (method == PValueMethod.Auto)
        {
            method = Math.Max(n, m) <= LargestExact ? PValueMethod.Exact : PValueMethod.Asymptotic;
        }

        // 4·U as a whole number: T is a small difference of large terms, which doubles would lose.
        Int128 fourU = FourU(reference, current);
        Int128 k = (Int128)n * m;
        double statistic = (double)((3 * fourU) - (2 * k * ((4 * k) - 1))) / (12.0 * (double)k * (n + (double)m));
        double p = method switch
        {
            PValueMethod.Exact => CramerVonMisesLaw.Exact(n, m, fourU),
            PValueMethod.Asymptotic => CramerVonMisesLaw.Asymptotic(n, m, statistic),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
        };
        return new CramerVonMises(statistic, p, n, m, method);
    }

    private static Int128 FourU(SortedSample reference, SortedSample current)
    {
        Int128 ofReference = 0;
        Int128 ofCurrent = 0;
        var groups = new MergedGroups(reference, current);
        while (groups.Next())
        {
            // The mean rank of the group, twice; minus twice the place before it: what is left of 2·(rank − place) before the places inside count.
            (int r, int c) = (groups.ReferenceTies, groups.CurrentTies);
            long midrank = (2 * ((long)groups.ReferenceBelow + groups.CurrentBelow)) + r + c + 1;
            ofReference += Squares(midrank - (2 * (long)groups.ReferenceBelow), r);
            ofCurrent += Squares(midrank - (2 * (long)groups.CurrentBelow), c);
        }

        return (reference.Count * ofReference) + (current.Count * ofCurrent);
    }

    /// <summary>Σ (a − 2t)² for t = 1 … ties.</summary>
    private static Int128 Squares(long a, int ties)
    {
        if (ties <= 1)
        {
            return ties * (Int128)((a - 2) * (a - 2));
        }

        Int128 t = ties;
        return (t * a * a) - (2 * a * t * (t + 1)) + (2 * t * (t + 1) * ((2 * t) + 1) / 3);
    }
}
