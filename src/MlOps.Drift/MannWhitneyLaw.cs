namespace MlOps.Drift;

/// <summary>The exact null law of Mann and Whitney's U, for data without ties.</summary>
/// <remarks>
/// The number of orders with U = u is the coefficient of q^u in the Gaussian binomial <c>Π (1 − q^(n+i)) / (1 − q^i)</c>, i = 1 … m. Each
/// factor is one running sum and one difference along the coefficients. They are kept as probabilities, so nothing overflows; only the
/// lower half is computed, where the running sum is not much larger than the difference, and the upper half is its mirror image.
/// <para>Source: G. E. Andrews, "The Theory of Partitions" (1976), chapter 3; its use for U as in A. Di Bucchianico, J. Statist. Plann.
/// Inference 79 (1999) 349–364.</para>
/// </remarks>
internal static class MannWhitneyLaw
{
    /// <summary>P(U ≥ <paramref name="u"/>).</summary>
    internal static double AtLeast(int n, int m, long u)
    {
        long pairs = (long)n * m;
        long mirrored = pairs - u; // P(U ≥ u) = P(U ≤ n·m − u)
        if (mirrored < 0)
        {
            return 0;
        }

        double[] law = Probabilities(Math.Max(n, m), Math.Min(n, m));
        return mirrored <= pairs / 2 ? Sum(law, mirrored) : 1 - Sum(law, pairs - mirrored - 1);
    }

    private static double Sum(double[] law, long upTo)
    {
        double sum = 0;
        for (long u = 0; u <= upTo; u++)
        {
            sum += law[u];
        }

        return sum;
    }

    private static double[] Probabilities(int n, int m)
    {
        double[] law = new double[checked(((long)n * m) + 1)];
        law[0] = 1;
        for (int i = 1; i <= m; i++)
        {
            long degree = (long)i * n;
            double share = i / ((double)n + i); // C(n + i − 1, i − 1) / C(n + i, i): orders before and after
            for (long u = i; u <= degree / 2; u++)
            {
                law[u] += law[u - i];
            }

            for (long u = degree / 2; u >= n + i; u--)
            {
                law[u] -= law[u - n - i];
            }

            for (long u = 0; u <= degree / 2; u++)
            {
                law[u] *= share;
                law[degree - u] = law[u];
            }
        }

        return law;
    }
}
