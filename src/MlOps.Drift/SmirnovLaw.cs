namespace MlOps.Drift;

/// <summary>The law of the one-sample one-sided Kolmogorov–Smirnov statistic D⁺(n): P(D⁺(n) ≥ d).</summary>
/// <remarks>
/// <c>P = d · Σ C(n, j) · (d + j/n)^(j−1) · (1 − d − j/n)^(n−j)</c>, j from 0 to ⌊n·(1 − d)⌋ (Birnbaum, Tingey 1951). Each term is a
/// binomial probability, <c>b(j; n, d + j/n) / (d + j/n)</c>, and is computed as one in Loader's form, which keeps its digits for
/// large n, where powers and factorials taken apart would not. All terms are positive: nothing cancels.
/// <para>Sources: Z. W. Birnbaum, F. H. Tingey, Ann. Math. Statist. 22 (1951) 592–596; C. Loader, "Fast and Accurate Computation of
/// Binomial Probabilities" (2000).</para>
/// </remarks>
internal static class SmirnovLaw
{
    /// <summary>Terms that are summed at least before terms are left out; see <see cref="Survival"/>.</summary>
    private const int DenseTerms = 4096;

    /// <summary>n·d² from which on the terms vanish smoothly enough at both ends for that.</summary>
    private const double SmoothFrom = 1;

    private const int TabledFactorials = 16;
    private static readonly double LogSqrtTwoPi = 0.5 * Math.Log(2 * Math.PI);
    private static readonly double[] SmallStirlingErrors = SmallErrors();

    /// <summary>P(D⁺(n) ≥ d) for 0 &lt; d &lt; 1.</summary>
    internal static double Survival(int n, double d)
    {
        // For large n the terms are samples of a smooth bump that vanishes with all its derivatives at both ends. Then the sum over
        // every s-th term, times s, differs from the full sum by far less than a rounding error (trapezoidal rule).
        int stride = n * d * d >= SmoothFrom ? Math.Max(1, n / DenseTerms) : 1;
        double sum = stride == 1 ? Math.Pow(1 - d, n) / d : 0; // j = 0; it is below e^(−n·d) and so nothing for large n
        double last = n * (1 - d);
        for (int j = stride; j < last; j += stride)
        {
            sum += Term(n, j, d);
        }

        return d * sum * stride;
    }

    private static double Term(int n, int j, double d)
    {
        double shift = n * d;
        int rest = n - j;
        double successes = j + shift; // n·p
        double failures = rest - shift; // n·(1 − p)
        double exponent = StirlingError(n) - StirlingError(j) - StirlingError(rest) - Deviance(j, successes) - Deviance(rest, failures);
        return Math.Sqrt(n / (2 * Math.PI * j * rest)) * Math.Exp(exponent) * n / successes;
    }

    /// <summary>x·ln(x/mean) + mean − x, without cancellation when x is close to its mean.</summary>
    private static double Deviance(double x, double mean)
    {
        double difference = x - mean;
        if (Math.Abs(difference) >= 0.1 * (x + mean))
        {
            return (x * Math.Log(x / mean)) - difference;
        }

        double v = difference / (x + mean);
        double sum = difference * v;
        double term = 2 * x * v;
        for (int k = 1; ; k++)
        {
            term *= v * v;
            double next = sum + (term / ((2 * k) + 1));
            if (next == sum)
            {
                return sum;
            }

            sum = next;
        }
    }

    /// <summary>ln n! − ln(√(2πn)·(n/e)ⁿ): what Stirling's formula lacks.</summary>
    private static double StirlingError(int n)
    {
        if (n < TabledFactorials)
        {
            return SmallStirlingErrors[n];
        }

        double square = (double)n * n;
        return ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (1.0 / 1188 / square)) / square)) / square)) / square)) / n;
    }

    private static double[] SmallErrors()
    {
        double[] errors = new double[TabledFactorials];
        double factorial = 1;
        for (int n = 1; n < errors.Length; n++)
        {
            factorial *= n;
            errors[n] = Math.Log(factorial) - LogSqrtTwoPi - ((n + 0.5) * Math.Log(n)) + n;
        }

        return errors;
    }
}
