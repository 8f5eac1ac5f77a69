namespace MlOps.Drift;

/// <summary>Welch's t test: do both samples have the same mean? Their variances may differ.</summary>
/// <param name="Statistic">t, positive when the reference mean is the larger (SciPy's order); ±∞ for two different constants.</param>
/// <param name="PValue">P(a t at least this far in the direction of the alternative | equal means), in [0, 1].</param>
/// <param name="DegreesOfFreedom">ν of Welch and Satterthwaite, &gt; 0, not whole; 1 if both samples are constant.</param>
/// <param name="MeanDifference">Current mean − reference mean, in the unit of the values: how far the mean has moved.</param>
/// <param name="StandardError">The standard error of that difference; 0 if both samples are constant.</param>
/// <param name="ReferenceCount">n, values in the reference sample.</param>
/// <param name="CurrentCount">m, values in the current sample.</param>
/// <param name="HedgesG">The difference in pooled standard deviations, corrected for small samples, positive when the mean has risen;
/// 0.2 is called small, 0.8 large. 0 if both means are equal, ±∞ for two different constants.</param>
/// <param name="Alternative">Less: the reference mean is less than the current one.</param>
/// <remarks>
/// <c>t = (x̄ − ȳ) / √(s²/n + u²/m)</c>, x the reference, y the current sample, s² and u² their variances with divisors n − 1 and m − 1;
/// <c>ν = (s²/n + u²/m)² / ((s²/n)²/(n − 1) + (u²/m)²/(m − 1))</c>. Sees the mean and nothing else; needs the central limit theorem,
/// so hundreds of rows where tails are long. Two equal constants give t = 0 and p = 1, where SciPy gives NaN.
/// <para>Equals <c>scipy.stats.ttest_ind(reference, current, equal_var=False)</c>.</para>
/// <para>Sources: B. L. Welch, Biometrika 34 (1947) 28–35; L. V. Hedges, J. Educ. Statist. 6 (1981) 107–128 (correction 1 − 3/(4·(n+m) − 9)).</para>
/// </remarks>
public sealed record Welch(
    double Statistic,
    double PValue,
    double DegreesOfFreedom,
    double MeanDifference,
    double StandardError,
    long ReferenceCount,
    long CurrentCount,
    double HedgesG,
    Alternative Alternative)
{
    /// <summary>Tests two samples in any order. O(n + m), no sorting.</summary>
    /// <param name="reference">n ≥ 2 finite values.</param>
    /// <param name="current">m ≥ 2 finite values.</param>
    /// <param name="alternative">Which differences count.</param>
    /// <exception cref="ArgumentException">A sample has fewer than two values, holds NaN or infinite ones, or squares of it overflow.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The alternative is unknown.</exception>
    public static Welch Test(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Alternative alternative = Alternative.TwoSided) =>
        Of(SampleMoments.Of(reference, nameof(reference)), SampleMoments.Of(current, nameof(current)), alternative);

    /// <summary>Returns the interval that holds the true difference current − reference with the given confidence.</summary>
    /// <param name="confidence">The confidence, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not between 0 and 1.</exception>
    public (double Low, double High) ConfidenceInterval(double confidence = 0.95)
    {
        if (confidence is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1, without both.");
        }

        double half = StandardError == 0 ? 0 : StudentLaw.Quantile(0.5 + (confidence / 2), DegreesOfFreedom) * StandardError;
        return (MeanDifference - half, MeanDifference + half);
    }

    internal static Welch Of(SampleMoments reference, SampleMoments current, Alternative alternative)
    {
        (long n, long m) = (reference.Count, current.Count);
        double a = reference.Variance / n;
        double b = current.Variance / m;
        double error = Math.Sqrt(a + b);
        double difference = current.Mean - reference.Mean;
        double freedom = error == 0 ? 1 : Square(a + b) / ((a * a / (n - 1)) + (b * b / (m - 1)));
        freedom = double.IsFinite(freedom) ? freedom : Freedom(a / (a + b), n, m); // squares of tiny variances underflow
        double t = difference == 0 ? 0 : -difference / error;
        double pooled = Math.Sqrt((((n - 1) * reference.Variance) + ((m - 1) * current.Variance)) / (n + m - 2));
        double g = difference == 0 ? 0 : difference / pooled * (1 - (3 / ((4.0 * (n + m)) - 9)));
        return new Welch(t, PValueOf(t, freedom, alternative), freedom, difference, error, n, m, g, alternative);
    }

    private static double Freedom(double share, long n, long m) => 1 / ((share * share / (n - 1)) + (Square(1 - share) / (m - 1)));

    private static double PValueOf(double t, double freedom, Alternative alternative) => alternative switch
    {
        Alternative.TwoSided => Math.Min(1, 2 * StudentLaw.Survival(Math.Abs(t), freedom)),
        Alternative.Less => StudentLaw.Survival(-t, freedom),
        Alternative.Greater => StudentLaw.Survival(t, freedom),
        _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "Unknown alternative."),
    };

    private static double Square(double x) => x * x;
}
