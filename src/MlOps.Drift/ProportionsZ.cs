namespace MlOps.Drift;

/// <summary>Z test of two proportions: is a level as frequent now as it was?</summary>
/// <param name="Statistic">z, positive when the reference share is the larger; 0 when both are equal.</param>
/// <param name="PValue">P(a z at least this far in the direction of the alternative | equal shares), in [0, 1].</param>
/// <param name="Difference">Current share − reference share, in [−1, 1]: how far the share has moved.</param>
/// <param name="ReferenceShare">p, the level's share of the reference.</param>
/// <param name="CurrentShare">q, the level's share now.</param>
/// <param name="ReferenceCount">n, all reference rows.</param>
/// <param name="CurrentCount">m, all current rows.</param>
/// <param name="Alternative">Less: the reference share is less than the current one.</param>
/// <remarks>
/// <c>z = (p − q) / √(s·(1 − s)·(1/n + 1/m))</c>, s the share of both samples together; z² is Pearson's χ² of the 2 × 2 table. Normal
/// approximation: below some 5 rows with or without the level on a side prefer <see cref="FisherExact"/>. If no row or every row has the
/// level, z is 0 and the p-value 1 (statsmodels: NaN).
/// <para>Equals <c>statsmodels.stats.proportion.proportions_ztest([x, y], [n, m])</c>.</para>
/// <para>Sources: J. L. Fleiss, "Statistical Methods for Rates and Proportions" (1981), chapter 2; interval: R. G. Newcombe, Statist. Med.
/// 17 (1998) 873–890, method 10; effect size: J. Cohen, "Statistical Power Analysis" (1988), section 6.2.</para>
/// </remarks>
public sealed record ProportionsZ(
    double Statistic,
    double PValue,
    double Difference,
    double ReferenceShare,
    double CurrentShare,
    long ReferenceCount,
    long CurrentCount,
    Alternative Alternative)
{
    /// <summary>Gets Cohen's h, <c>2·asin √q − 2·asin √p</c>, in [−π, π]; positive when the share has risen, 0 without drift; 0.2 is called small.</summary>
    public double CohensH => 2 * (Math.Asin(Math.Sqrt(CurrentShare)) - Math.Asin(Math.Sqrt(ReferenceShare)));

    /// <summary>Tests how often a level occurs in two samples.</summary>
    /// <param name="referenceWith">Reference rows with the level, from 0 to <paramref name="referenceRows"/>.</param>
    /// <param name="referenceRows">All reference rows, at least 1.</param>
    /// <param name="currentWith">Current rows with the level, from 0 to <paramref name="currentRows"/>.</param>
    /// <param name="currentRows">All current rows, at least 1.</param>
    /// <param name="alternative">Which differences count.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of rows is below 1, a count lies outside its rows, or the alternative is unknown.</exception>
    public static ProportionsZ Test(
        long referenceWith, long referenceRows, long currentWith, long currentRows, Alternative alternative = Alternative.TwoSided)
    {
        Within(referenceWith, Guard.AtLeast(referenceRows, 1), nameof(referenceWith));
        Within(currentWith, Guard.AtLeast(currentRows, 1), nameof(currentWith));
        double p = (double)referenceWith / referenceRows;
        double q = (double)currentWith / currentRows;
        double both = (double)referenceRows + currentRows;
        double share = ((double)referenceWith + currentWith) / both;
        double without = ((double)(referenceRows - referenceWith) + (currentRows - currentWith)) / both;
        double error = Math.Sqrt(share * without * ((1.0 / referenceRows) + (1.0 / currentRows)));
        double z = error == 0 ? 0 : (p - q) / error;
        double probability = error == 0 ? 1 : NormalLaw.PValue(z, alternative);
        return new ProportionsZ(z, probability, q - p, p, q, referenceRows, currentRows, alternative);
    }

    /// <summary>Returns Newcombe's interval for the true difference current − reference: from Wilson's intervals of both shares, so that it
    /// stays within [−1, 1] and has a width also for shares of 0 and 1.</summary>
    /// <param name="confidence">The confidence, above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not between 0 and 1.</exception>
    public (double Low, double High) ConfidenceInterval(double confidence = 0.95)
    {
        if (confidence is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1, without both.");
        }

        double z = NormalLaw.Quantile(0.5 + (confidence / 2));
        (double pLow, double pHigh) = Wilson(ReferenceShare, ReferenceCount, z);
        (double qLow, double qHigh) = Wilson(CurrentShare, CurrentCount, z);
        return (
            Difference - Math.Sqrt(Square(CurrentShare - qLow) + Square(pHigh - ReferenceShare)),
            Difference + Math.Sqrt(Square(qHigh - CurrentShare) + Square(ReferenceShare - pLow)));
    }

    private static (double Low, double High) Wilson(double share, double rows, double z)
    {
        double square = z * z;
        double centre = (share + (square / (2 * rows))) / (1 + (square / rows));
        double half = z / (1 + (square / rows)) * Math.Sqrt((share * (1 - share) / rows) + (square / (4 * rows * rows)));
        return (share == 0 ? 0 : centre - half, share == 1 ? 1 : centre + half);
    }

    private static void Within(long count, long rows, string name)
    {
        if (count < 0 || count > rows)
        {
            throw new ArgumentOutOfRangeException(name, count, $"{name} must lie between 0 and the {rows} rows it is a part of.");
        }
    }

    private static double Square(double x) => x * x;
}
