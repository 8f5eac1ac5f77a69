namespace MlOps.Drift;

/// <summary>The law of the one-sample two-sided Kolmogorov–Smirnov statistic D(n) of n values: P(D(n) ≥ d).</summary>
/// <remarks>
/// No single formula serves all n and d, so each is used where it is accurate, by the map of Simard and L'Ecuyer: closed forms at
/// both ends, Durbin's matrix for small n or small d, Pelz and Good's series for large n, twice the one-sided tail for large d.
/// At least ten digits after the point; equals <c>scipy.stats.kstwo.sf(d, n)</c>.
/// <para>Source: R. Simard, P. L'Ecuyer, "Computing the Two-Sided Kolmogorov–Smirnov Distribution", J. Stat. Software 39/11 (2011).</para>
/// </remarks>
internal static class KolmogorovLaw
{
    /// <summary>Up to this size the exact matrix is used through the whole middle of the law.</summary>
    private const int SmallSize = 140;

    /// <summary>The largest size for which the matrix is worth its time.</summary>
    private const int LargestMatrixSize = 100_000;

    /// <summary>n·d² below which P(D &lt; d) is under 1e−17, so that the tail is 1 to the last bit.</summary>
    private const double CertainBelow = 0.03;

    /// <summary>n·d² above which P(D ≥ d) underflows.</summary>
    private const double ImpossibleAbove = 370;

    /// <summary>P(D(n) ≥ d), in [0, 1].</summary>
    internal static double Survival(int n, double d)
    {
        double nd = n * d;
        if (nd <= 0.5)
        {
            return 1;
        }

        if (d >= 1)
        {
            return 0;
        }

        if (nd <= 1)
        {
            return 1 - NearLowerEnd(n, nd);
        }

        if (nd >= n - 1)
        {
            return 2 * Math.Pow(1 - d, n); // Ruben, Gambino 1982: only the two outermost values matter
        }

        double ndd = nd * d;
        if (ndd < CertainBelow)
        {
            return 1;
        }

        if (ndd >= ImpossibleAbove)
        {
            return 0;
        }

        // Above d = 1/2 both one-sided tails exclude each other, so this is exact; at the other limits Miller's approximation
        // (1956) is exact to more digits than are asked for.
        if (d >= 0.5 || ndd >= (n <= SmallSize ? 4 : 2.2))
        {
            return Math.Clamp(2 * SmirnovLaw.Survival(n, d), 0, 1);
        }

        bool matrix = n <= SmallSize || (n <= LargestMatrixSize && n * Math.Pow(d, 1.5) <= 1.4);
        double below = matrix ? DurbinMatrix.Cdf(n, d) : PelzGood.Cdf(n, d);
        return Math.Clamp(1 - below, 0, 1);
    }

    /// <summary>P(D(n) &lt; d) = n! · ((2·n·d − 1) / n)ⁿ for 1/2 ≤ n·d ≤ 1 (Ruben, Gambino 1982).</summary>
    private static double NearLowerEnd(int n, double nd)
    {
        double product = 1;
        for (int i = 1; i <= n && product > 0; i++)
        {
            product *= (double)i / n * ((2 * nd) - 1);
        }

        return product;
    }
}
