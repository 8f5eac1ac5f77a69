namespace MlOps.Drift;

/// <summary>Sums of absolute values of correlated normal numbers: what distances made of absolute gaps come to by chance.</summary>
internal static class FoldedNormals
{
    /// <summary>P(Z ≤ 1.6449) = 0.95.</summary>
    private const double NormalQuantile95 = 1.6448536269514722;

    /// <summary>Powers ρ², ρ⁴, ρ⁶, ρ⁸ of the series in <see cref="TotalVariation"/>, which sum to within 2 % of the whole at ρ = 1.</summary>
    private static readonly double[] SeriesInSquares = [1.0 / 2, 1.0 / 24, 1.0 / 80, 5.0 / 896];

    /// <summary>cov(|X|, |Y|) of two standard normal numbers with correlation ρ: <c>2/π · (ρ·asin ρ + √(1 − ρ²) − 1)</c>.</summary>
    internal static double Covariance(double correlation) =>
        2 / Math.PI * ((correlation * Math.Asin(correlation)) + Math.Sqrt(1 - (correlation * correlation)) - 1);

    /// <summary>The 0.95 quantile of the log-normal law with these moments: within 2 % for one |Z| and for many.</summary>
    internal static double Quantile95(double mean, double variance)
    {
        if (mean == 0 || !double.IsFinite(variance / mean))
        {
            return mean == 0 ? 0 : double.PositiveInfinity; // widths beyond the range of double
        }

        double logVariance = Math.Log(1 + (variance / mean / mean));
        return mean * Math.Exp((NormalQuantile95 * Math.Sqrt(logVariance)) - (logVariance / 2));
    }

    /// <summary>The total variation distance of two samples of n and m rows that is exceeded with probability 0.05 without drift.</summary>
    /// <remarks>
    /// Share differences are about normal with variance <c>π·(1 − π)·(1/n + 1/m)</c> and correlation <c>ρ = −√(π·π′ / ((1 − π)·(1 − π′)))</c>,
    /// π the shares of both samples together. In the series of <see cref="Covariance"/> powers of ρ are products, so sums over pairs of
    /// bins are products of sums over bins: O(K) for K bins.
    /// </remarks>
    internal static double TotalVariation(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, double n, double m)
    {
        double mean = 0;
        double variance = 0;
        Span<double> sums = stackalloc double[SeriesInSquares.Length];
        Span<double> squares = stackalloc double[SeriesInSquares.Length];
        int used = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double share = ((double)reference[i] + current[i]) / (n + m);
            if (share is 0 or 1)
            {
                continue;
            }

            used++;
            double deviation = Math.Sqrt(share * (1 - share));
            mean += Math.Sqrt(2 / Math.PI) * deviation;
            variance += (1 - (2 / Math.PI)) * deviation * deviation;
            double power = deviation;
            for (int k = 0; k < SeriesInSquares.Length; k++)
            {
                power *= share / (1 - share);
                sums[k] += power;
                squares[k] += power * power;
            }
        }

        if (used == 2)
        {
            variance = 4 * (1 - (2 / Math.PI)) * mean * mean * Math.PI / 8; // ρ = −1: both differences are one number, |Z| twice
        }
        else
        {
            for (int k = 0; k < SeriesInSquares.Length; k++)
            {
                variance += 2 / Math.PI * SeriesInSquares[k] * ((sums[k] * sums[k]) - squares[k]);
            }
        }

        return Math.Min(1, 0.5 * Quantile95(mean, variance) * Math.Sqrt((1 / n) + (1 / m)));
    }
}
