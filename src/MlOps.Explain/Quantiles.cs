namespace MlOps.Explain;

/// <summary>Quantiles of n ≥ 1 ascending values.</summary>
/// <remarks>Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", Am. Statist. 50 (1996) 361–365.</remarks>
internal static class Quantiles
{
    /// <summary>Plotting positions (k − 0.4) / (n + 0.2), as SciPy's <c>mquantiles</c> and the partial dependence of scikit-learn.</summary>
    internal static double Cunnane(ReadOnlySpan<double> sorted, double q)
    {
        const double Alpha = 0.4;
        int n = sorted.Length;
        if (n == 1)
        {
            return sorted[0];
        }

        double place = (n * q) + Alpha + (q * (1 - (2 * Alpha)));
        int k = (int)Math.Clamp(Math.Floor(place), 1, n - 1);
        double gamma = Math.Clamp(place - k, 0, 1);
        return ((1 - gamma) * sorted[k - 1]) + (gamma * sorted[k]);
    }

    /// <summary>Type 1, the smallest value that at least the share q of all does not exceed: always a value of the sample.</summary>
    internal static double Observed(ReadOnlySpan<double> sorted, double q) =>
        sorted[Math.Clamp((int)Math.Ceiling((sorted.Length * q) - 1e-9) - 1, 0, sorted.Length - 1)];
}
