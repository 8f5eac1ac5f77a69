namespace MlOps;

/// <summary>Quantiles of ascending values.</summary>
internal static class SortedQuantile
{
    /// <summary>The value below which the share <paramref name="q"/> ∈ [0, 1] of n ≥ 1 ascending values lies: linear between neighbours, at position (n − 1)·q.</summary>
    /// <remarks>The default of NumPy, pandas and R. Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", Am. Statist. 50 (1996)
    /// 361–365, definition 7.</remarks>
    internal static double Linear(ReadOnlySpan<double> sorted, double q)
    {
        double place = (sorted.Length - 1) * q;
        int below = (int)place;
        double weight = place - below;
        return weight == 0 ? sorted[below] : Between(sorted[below], sorted[below + 1], weight);
    }

    /// <summary>The number a share <paramref name="weight"/> of the way from one value to the next.</summary>
    internal static double Between(double low, double high, double weight)
    {
        double step = high - low;
        if (!double.IsFinite(step))
        {
            return (low * (1 - weight)) + (high * weight); // the range of double is too narrow for the difference
        }

        return weight >= 0.5 ? high - (step * (1 - weight)) : low + (step * weight); // NumPy's form, to the last bit
    }
}
