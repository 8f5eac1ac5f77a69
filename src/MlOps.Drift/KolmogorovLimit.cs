namespace MlOps.Drift;

/// <summary>Kolmogorov's limit law of √N · D for N → ∞.</summary>
/// <remarks>
/// <c>P(√N·D ≥ z) = 2 Σ (−1)^(k−1) · exp(−2·k²·z²) = 1 − √(2π)/z · Σ exp(−(2k − 1)²·π²/(8·z²))</c>, k ≥ 1; each series where it converges fast.
/// <para>Source: A. N. Kolmogorov, Giorn. Ist. Ital. Attuari 4 (1933) 83–91.</para>
/// </remarks>
internal static class KolmogorovLimit
{
    /// <summary>P(√N·D ≤ 1.3581) = 0.95.</summary>
    private const double Quantile95 = 1.3580986;

    /// <summary>Where both series need few terms.</summary>
    private const double Crossing = 0.82;

    /// <summary>Four terms of either series leave less than a rounding error on its side of the crossing.</summary>
    private const int Terms = 4;

    /// <summary>P(√N·D ≥ z).</summary>
    internal static double Survival(double z)
    {
        if (z <= 0)
        {
            return 1;
        }

        double sum = 0;
        for (int k = 1; k <= Terms; k++)
        {
            double odd = (2 * k) - 1;
            sum += z < Crossing ? Math.Exp(-odd * odd * Math.PI * Math.PI / (8 * z * z)) : (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * z * z);
        }

        return Math.Clamp(z < Crossing ? 1 - (Math.Sqrt(2 * Math.PI) / z * sum) : sum, 0, 1);
    }

    /// <summary>The D that two samples from one law exceed with probability 0.05, to about 1 % from 10 values a side on (Stephens 1970: √N is
    /// replaced by √N + 0.12 + 0.11/√N).</summary>
    internal static double Chance(double n, double m)
    {
        double root = Math.Sqrt(n * m / (n + m));
        return Math.Min(1, Quantile95 / (root + 0.12 + (0.11 / root)));
    }
}
