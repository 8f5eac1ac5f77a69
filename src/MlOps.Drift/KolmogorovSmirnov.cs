namespace MlOps.Drift;

/// <summary>Two-sample Kolmogorov–Smirnov test: could both samples come from one distribution?</summary>
/// <param name="Statistic">D, the largest gap between the two empirical distribution functions, in [0, 1]; 0 when they coincide.</param>
/// <param name="PValue">P(a gap of at least D | one distribution), in [0, 1]. Small: the samples differ by more than chance.</param>
/// <param name="ReferenceCount">n, values in the reference sample.</param>
/// <param name="CurrentCount">m, values in the current sample.</param>
/// <param name="Location">The value at which the gap is largest (the first one, if several are).</param>
/// <param name="Method">How the p-value was computed: exact or asymptotic, never auto.</param>
/// <remarks>
/// <c>D = sup |F(x) − G(x)|</c>, F and G the shares of reference and current values ≤ x. Two-sided. Unit: none. Symmetric in its
/// samples; unchanged when both are transformed by one rising function. Ties are allowed; the p-value is then too large, never too
/// small, as the null law is that of continuous data.
/// <para>Equals <c>scipy.stats.ks_2samp(reference, current)</c>. Where rounding makes SciPy's exact p-value exceed 1 it switches to
/// the asymptotic law; here the p-value is then 1.</para>
/// <para>Sources: J. L. Hodges, "The Significance Probability of the Smirnov Two-Sample Test", Arkiv för Matematik 3 (1958);
/// R. Simard, P. L'Ecuyer, "Computing the Two-Sided Kolmogorov–Smirnov Distribution", J. Stat. Software 39/11 (2011).</para>
/// </remarks>
public sealed record KolmogorovSmirnov(
    double Statistic, double PValue, int ReferenceCount, int CurrentCount, double Location, KolmogorovMethod Method)
{
    /// <summary>The largest sample for which <see cref="KolmogorovMethod.Auto"/> computes the exact law; SciPy's limit.</summary>
    private const int LargestExact = 10_000;

    /// <summary>Tests two samples in any order. O(n + m) without the exact p-value.</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <param name="method">How to compute the p-value.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or infinite values.</exception>
    public static KolmogorovSmirnov Test(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, KolmogorovMethod method = KolmogorovMethod.Auto) =>
        Test(SortedSample.From(reference, nameof(reference)), SortedSample.From(current, nameof(current)), method);

    /// <summary>Tests two samples that are already sorted.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="method">How to compute the p-value.</param>
    public static KolmogorovSmirnov Test(SortedSample reference, SortedSample current, KolmogorovMethod method = KolmogorovMethod.Auto)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        return FromWalk(MergedWalk.Of(reference, current), reference.Count, current.Count, method);
    }

    internal static KolmogorovSmirnov FromWalk(MergedWalk walk, int n, int m, KolmogorovMethod method)
    {
        if (method == KolmogorovMethod.Auto)
        {
            method = Math.Max(n, m) <= LargestExact ? KolmogorovMethod.Exact : KolmogorovMethod.Asymptotic;
        }

        double statistic = walk.LargestGap / ((double)n * m);
        double p = method switch
        {
            KolmogorovMethod.Exact => TwoSampleLaw.Survival(n, m, walk.LargestGap),
            KolmogorovMethod.Asymptotic => KolmogorovLaw.Survival(EffectiveSize(n, m), statistic),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
        };
        return new KolmogorovSmirnov(statistic, p, n, m, walk.Location, method);
    }

    /// <summary>n·m/(n+m), to the nearest whole number (halves to even) but at least 1.</summary>
    private static int EffectiveSize(double n, double m) => Math.Max(1, (int)Math.Round(n * m / (n + m), MidpointRounding.ToEven));
}
