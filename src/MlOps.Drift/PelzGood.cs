namespace MlOps.Drift;

/// <summary>P(D(n) &lt; d) for large n by the series of Pelz and Good: Kolmogorov's limit and three corrections.</summary>
/// <remarks>
/// <c>P ≈ K₀(z) + K₁(z)/√n + K₂(z)/n + K₃(z)/n^(3/2)</c>, z = √n·d, each Kᵢ a theta series that converges fast for small z.
/// <para>Sources: W. Pelz, I. J. Good, J. R. Statist. Soc. B 38 (1976) 152–156; formulas as in R. Simard, P. L'Ecuyer,
/// J. Stat. Software 39/11 (2011), section 2.3.</para>
/// </remarks>
internal static class PelzGood
{
    /// <summary>Below this exponent a term is 0 in double precision.</summary>
    private const double Underflow = -745;

    internal static double Cdf(int n, double d)
    {
        double z = Math.Sqrt(n) * d;
        double z2 = z * z;
        double z4 = z2 * z2;
        double z6 = z4 * z2;
        double z8 = z4 * z4;

        double k0 = 0;
        double k1 = 0;
        double k2 = 0;
        double k3 = 0;
        for (int k = 0; ; k++)
        {
            // u = π²·(k + ½)²; the sums over all whole k are twice those over k ≥ 0
            double u = Math.PI * Math.PI * (k + 0.5) * (k + 0.5);
            double exponent = -u / (2 * z2);
            if (exponent < Underflow)
            {
                break;
            }

            double e = Math.Exp(exponent);
            double u2 = u * u;
            k0 += e;
            k1 += (u - z2) * e;
            k2 += ((6 * z6) + (2 * z4) + (u * ((2 * z4) - (5 * z2))) + (u2 * (1 - (2 * z2)))) * e;
            k3 += ((-30 * z6) - (90 * z8) + (u * ((135 * z4) - (96 * z6))) + (u2 * ((212 * z4) - (60 * z2))) + (u2 * u * (5 - (30 * z2)))) * e;
        }

        double k2Extra = 0;
        double k3Extra = 0;
        for (int k = 1; ; k++)
        {
            double v = Math.PI * Math.PI * k * k;
            double exponent = -v / (2 * z2);
            if (exponent < Underflow)
            {
                break;
            }

            double e = Math.Exp(exponent);
            k2Extra += v * e;
            k3Extra += v * ((3 * z2) - v) * e;
        }

        double rootN = Math.Sqrt(n);
        double series = (k0 / z)
            + (k1 / (6 * z4) / rootN)
            + (((k2 / (72 * z6 * z)) - (k2Extra / (36 * z2 * z))) / n)
            + (((k3 / (6480 * z8 * z2)) + (k3Extra / (216 * z6))) / (n * rootN));
        return Math.Sqrt(2 * Math.PI) * series;
    }
}
