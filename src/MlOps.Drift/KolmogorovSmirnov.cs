using MathNet.Numerics;

namespace MlOps.Drift;

/// <summary>Two-sample Kolmogorov–Smirnov test: could both samples come from one distribution?</summary>
/// <param name="Statistic">D, the largest gap between the two empirical distribution functions, in [0, 1]; 0 when they coincide.</param>
/// <param name="PValue">P(a gap of at least D | one distribution), in [0, 1]. Small: the samples differ by more than chance.</param>
/// <param name="ReferenceCount">n, values in the reference sample.</param>
/// <param name="CurrentCount">m, values in the current sample.</param>
/// <param name="Location">The value at which the gap is largest (the first one, if several are).</param>
/// <param name="Method">How the p-value was computed: exact, asymptotic or limit, never auto.</param>
/// <remarks>
/// <c>D = sup |F(x) − G(x)|</c>, F and G the shares of reference and current values ≤ x; with an alternative, only one sign of the gap
/// counts: Less takes sup (G − F), Greater sup (F − G), as SciPy does (mind that F less than G means larger reference values). Unit: none.
/// Symmetric in its samples; unchanged when both are transformed by one rising function. Ties are allowed; the p-value is then too
/// large, never too small, as the null law is that of continuous data.
/// <para>Equals <c>scipy.stats.ks_2samp(reference, current, alternative, method)</c>. Where rounding makes SciPy's exact two-sided p-value
/// exceed 1 it switches to the asymptotic law; here the p-value is then 1. SciPy's exact one-sided law counts paths and gives up, for
/// unequal sizes, where their number overflows a double (1,030 values in all, equally divided): Auto follows it to the asymptotic law
/// there, Exact stays exact.</para>
/// <para>Sources: J. L. Hodges, "The Significance Probability of the Smirnov Two-Sample Test", Arkiv för Matematik 3 (1958), equation 5.3
/// for one side; R. Simard, P. L'Ecuyer, "Computing the Two-Sided Kolmogorov–Smirnov Distribution", J. Stat. Software 39/11 (2011).</para>
/// </remarks>
public sealed record KolmogorovSmirnov(
    double Statistic, double PValue, long ReferenceCount, long CurrentCount, double Location, KolmogorovMethod Method)
{
    /// <summary>The largest sample for which <see cref="KolmogorovMethod.Auto"/> computes the exact law; SciPy's limit.</summary>
    private const int LargestExact = 10_000;

    /// <summary>ln of the largest double.</summary>
    private const double LogOverflow = 709.78;

    /// <summary>Gets which gaps counted; two-sided unless asked otherwise.</summary>
    public Alternative Alternative { get; init; }

    /// <summary>Tests two samples in any order. O(n + m) without the exact p-value.</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <param name="method">How to compute the p-value.</param>
    /// <param name="alternative">Which gaps count.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or infinite values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The method or the alternative is unknown.</exception>
    public static KolmogorovSmirnov Test(
        ReadOnlySpan<double> reference,
        ReadOnlySpan<double> current,
        KolmogorovMethod method = KolmogorovMethod.Auto,
        Alternative alternative = Alternative.TwoSided) =>
        Test(SortedSample.Of(reference, nameof(reference)), SortedSample.Of(current, nameof(current)), method, alternative);

    /// <summary>Tests two samples that are already sorted.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="method">How to compute the p-value.</param>
    /// <param name="alternative">Which gaps count.</param>
    /// <exception cref="ArgumentOutOfRangeException">The method or the alternative is unknown.</exception>
    public static KolmogorovSmirnov Test(
        SortedSample reference,
        SortedSample current,
        KolmogorovMethod method = KolmogorovMethod.Auto,
        Alternative alternative = Alternative.TwoSided)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        return alternative switch
        {
            Alternative.TwoSided => FromWalk(MergedWalk.Of(reference, current), reference.Count, current.Count, method),
            Alternative.Less or Alternative.Greater => OneSided(reference, current, method, alternative),
            _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "Unknown alternative."),
        };
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
            KolmogorovMethod.Limit => KolmogorovLimit.Survival(statistic * Math.Sqrt((double)n * m / (n + (double)m))),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
        };
        return new KolmogorovSmirnov(statistic, p, n, m, walk.Location, method);
    }

    /// <summary>The test of a D that was found elsewhere, such as in a database; exact for small samples, where D · n · m is a whole number.</summary>
    internal static KolmogorovSmirnov FromStatistic(double statistic, double location, long n, long m) => Math.Max(n, m) <= LargestExact
        ? FromWalk(new MergedWalk((long)Math.Round(statistic * n * m), location, double.NaN), (int)n, (int)m, KolmogorovMethod.Exact)
        : new KolmogorovSmirnov(statistic, KolmogorovLaw.Survival(EffectiveSize(n, m), statistic), n, m, location, KolmogorovMethod.Asymptotic);

    private static KolmogorovSmirnov OneSided(SortedSample reference, SortedSample current, KolmogorovMethod method, Alternative alternative)
    {
        (int n, int m) = (reference.Count, current.Count);
        long sign = alternative == Alternative.Greater ? 1 : -1;
        long largest = 0;
        double location = Math.Min(reference.Min, current.Min);
        var groups = new MergedGroups(reference, current);
        while (groups.Next())
        {
            long inReference = groups.ReferenceBelow + groups.ReferenceTies;
            long inCurrent = groups.CurrentBelow + groups.CurrentTies;
            long gap = sign * ((m * inReference) - (n * inCurrent));
            if (gap > largest)
            {
                (largest, location) = (gap, groups.Value);
            }
        }

        if (method == KolmogorovMethod.Auto)
        {
            bool isCountable = n == m || SpecialFunctions.BinomialLn(n + m, Math.Min(n, m)) < LogOverflow;
            method = Math.Max(n, m) <= LargestExact && isCountable ? KolmogorovMethod.Exact : KolmogorovMethod.Asymptotic;
        }

        double statistic = largest / ((double)n * m);
        double z = statistic * Math.Sqrt((double)n * m / (n + (double)m));
        double p = method switch
        {
            KolmogorovMethod.Exact => TwoSampleLaw.OneSidedSurvival(n, m, largest),
            KolmogorovMethod.Asymptotic => Hodges(Math.Max(n, m), Math.Min(n, m), z),
            KolmogorovMethod.Limit => Math.Exp(-2 * z * z),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
        };
        return new KolmogorovSmirnov(statistic, p, n, m, location, method) { Alternative = alternative };
    }

    private static double Hodges(double larger, double smaller, double z) =>
        Math.Exp((-2 * z * z) - (2 * z * (larger + (2 * smaller)) / Math.Sqrt(larger * smaller * (larger + smaller)) / 3));

    /// <summary>n·m/(n+m), to the nearest whole number (halves to even) but at least 1.</summary>
    private static int EffectiveSize(double n, double m) => Math.Max(1, (int)Math.Round(n * m / (n + m), MidpointRounding.ToEven));
}
