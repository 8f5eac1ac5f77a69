namespace MlOps.Learning.Metrics;

/// <summary>Quantiles of sorted values by linear interpolation, type 7, rounded as NumPy rounds.</summary>
/// <remarks>Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", Am. Statist. 50 (1996) 361–365.</remarks>
internal static class Percentiles
{
    /// <summary>The value below which the share <paramref name="q"/> of n ≥ 1 ascending values lies.</summary>
    internal static double Of(ReadOnlySpan<double> sorted, double q)
    {
        double place = (sorted.Length - 1) * q;
        int below = Math.Clamp((int)place, 0, sorted.Length - 1);
        int above = Math.Min(below + 1, sorted.Length - 1);
        double t = place - below;
        double gap = sorted[above] - sorted[below];
        return t >= 0.5 ? sorted[above] - (gap * (1 - t)) : sorted[below] + (gap * t); // exact at both ends
    }
}
