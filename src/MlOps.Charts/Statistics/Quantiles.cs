namespace MlOps.Charts.Statistics;

/// <summary>Sample quantiles by linear interpolation between order statistics.</summary>
/// <remarks>Type 7 of R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996); NumPy's default.</remarks>
internal static class Quantiles
{
    /// <summary><c>q(p) = x[⌊h⌋] + (h − ⌊h⌋)·(x[⌊h⌋+1] − x[⌊h⌋])</c> with <c>h = (n − 1)·p</c>.</summary>
    internal static double Of(ReadOnlySpan<double> sorted, double p)
    {
        double h = (sorted.Length - 1) * p;
        int below = (int)Math.Floor(h);
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (h - below) * (sorted[above] - sorted[below]);
    }
}
