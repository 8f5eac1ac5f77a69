namespace MlOps.Data.Generators;

/// <summary>Functions made of +, −, · and / alone, whose results IEEE 754 fixes to the last bit on every machine.</summary>
/// <remarks>Implementation note: Math.Exp and Math.Log come from the platform's C library and may differ in the last bit,
/// which can turn a random draw and with it every byte after it.</remarks>
internal static class PortableMath
{
    private const double Ln2 = 0.693147180559945309;
    private const int Terms = 18; // the rest is below 1e-17 for |r| ≤ ln 2 / 2

    /// <summary>e to the power of x, for |x| ≤ 700, within a few units in the last place.</summary>
    internal static double Exp(double x)
    {
        int halvings = (int)Math.Round(x / Ln2);
        double r = x - (halvings * Ln2);
        double sum = 1;
        for (int n = Terms; n >= 1; n--)
        {
            sum = 1 + (r * sum / n); // Horner's form of the power series
        }

        return Math.ScaleB(sum, halvings); // exact: only the exponent changes
    }

    /// <summary>The sine of x, for |x| ≤ π, within a few units of 1e-16.</summary>
    internal static double Sin(double x)
    {
        const int LastTerm = 30; // what follows is below 1e-17 for |x| ≤ π
        double sum = 1;
        for (int n = LastTerm; n >= 2; n -= 2)
        {
            sum = 1 - (x * x * sum / (n * (n + 1))); // Horner's form of the power series of sin(x) / x
        }

        return x * sum;
    }

    /// <summary>The logistic function 1 / (1 + e⁻ˣ).</summary>
    internal static double Logistic(double x) => 1 / (1 + Exp(-x));

    /// <summary>Nearly a standard normal value: the sum of 12 uniform ones less 6 (Irwin–Hall), so within ±6.</summary>
    internal static double Normal(Random random)
    {
        double sum = 0;
        for (int i = 0; i < 12; i++)
        {
            sum += random.NextDouble();
        }

        return sum - 6;
    }
}
