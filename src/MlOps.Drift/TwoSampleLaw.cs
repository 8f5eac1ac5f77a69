namespace MlOps.Drift;

/// <summary>The exact null law of the two-sample Kolmogorov–Smirnov statistic, for continuous data.</summary>
/// <remarks>
/// Under the null hypothesis every order in which the n + m values can appear is equally likely. An order is a path on a lattice
/// from (0, 0) to (n, m); D ≥ d exactly when the path touches |m·i − n·j| ≥ n·m·d.
/// <para>Sources: J. L. Hodges, "The Significance Probability of the Smirnov Two-Sample Test", Arkiv för Matematik 3 (1958) 469–486;
/// for equal sizes B. V. Gnedenko, V. S. Korolyuk, Doklady Akad. Nauk SSSR 80 (1951) 525–528.</para>
/// </remarks>
internal static class TwoSampleLaw
{
    /// <summary>A p-value below this is reported as 0: it is far below what a double can hold beside 1.</summary>
    private const double NegligibleLog = -735;

    /// <summary>P(n·m·D ≥ <paramref name="gap"/>).</summary>
    internal static double Survival(int n, int m, long gap)
    {
        if (gap == 0)
        {
            return 1;
        }

        if (n == m)
        {
            return EqualSizes(n, (int)(gap / n));
        }

        double d = gap / ((double)n * m);
        double effective = (double)n * m / (n + m);

        // P ≤ 2e·exp(−2·nm/(n+m)·d²) (Wei, Dudley 2012): where that underflows, so would the slow recursion.
        return Math.Log(2) + 1 - (2 * effective * d * d) < NegligibleLog
            ? 0
            : UnequalSizes(Math.Max(n, m), Math.Min(n, m), gap, isOneSided: false);
    }

    /// <summary>P(n·m·D⁺ ≥ <paramref name="gap"/>), D⁺ the largest gap in one direction; the same law for either direction.</summary>
    internal static double OneSidedSurvival(int n, int m, long gap)
    {
        if (gap == 0)
        {
            return 1;
        }

        if (n == m)
        {
            return PathRatio(n, (int)(gap / n), 0);
        }

        double d = gap / ((double)n * m);
        return 1 - (2 * ((double)n * m / (n + m)) * d * d) < NegligibleLog
            ? 0
            : UnequalSizes(Math.Max(n, m), Math.Min(n, m), gap, isOneSided: true);
    }

    /// <summary>Reflection principle: P = 2·Σ (−1)^(k+1) · C(2n, n − k·h) / C(2n, n), k ≥ 1, nested so that no term overflows or cancels.</summary>
    private static double EqualSizes(int n, int h)
    {
        double nested = 0;
        for (int k = n / h; k >= 1; k--)
        {
            nested = PathRatio(n, h, (k - 1) * h) * (1 - nested);
        }

        return Math.Min(1, 2 * nested);
    }

    /// <summary>C(2n, n − start − h) / C(2n, n − start) as a product of h factors &lt; 1.</summary>
    private static double PathRatio(int n, int h, int start)
    {
        double ratio = 1;
        for (int j = 0; j < h; j++)
        {
            ratio *= (double)(n - start - j) / (n + start + j + 1);
        }

        return ratio;
    }

    /// <summary>
    /// Recursion for u(i, j), the probability that a random path to (i, j) has touched the boundary: 1 on and beyond it, inside
    /// <c>u(i, j) = (i·u(i−1, j) + j·u(i, j−1)) / (i + j)</c>. Probabilities of mixing, so nothing overflows and nothing cancels.
    /// </summary>
    private static double UnequalSizes(int n, int m, long gap, bool isOneSided)
    {
        double[] inverse = new double[n + m + 1];
        for (int s = 1; s < inverse.Length; s++)
        {
            inverse[s] = 1.0 / s;
        }

        double[] u = new double[m + 1];
        Array.Fill(u, 1);
        for (int i = 0; i <= n; i++)
        {
            // Inside means |m·i − n·j| < gap, for one side m·i − n·j < gap. As i grows both ends of the inside rise, so u beyond the upper
            // end is still 1.
            long centre = (long)m * i;
            long first = centre < gap ? 0 : ((centre - gap) / n) + 1;
            long last = isOneSided ? m : Math.Min(m, (centre + gap - 1) / n);
            if (first > last)
            {
                return 1; // no path can cross this column inside
            }

            double below = 1; // u at (i, first − 1): beyond the lower end, or weighted with j = 0
            for (int j = (int)first; j <= last; j++)
            {
                double w = inverse[Math.Max(1, i + j)];
                below = i + j == 0 ? 0 : Math.FusedMultiplyAdd(below, j * w, u[j] * (i * w));
                u[j] = below;
            }
        }

        return u[m];
    }
}
