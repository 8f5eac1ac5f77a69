namespace MlOps.Drift;

/// <summary>Total variation distance: the share of rows that would have to change their bin for both sides to be equal.</summary>
/// <param name="Distance">In [0, 1]; 0 means equal shares, 1 no bin in common. A metric.</param>
/// <remarks>
/// <c>TV = ½ Σ |pᵢ − qᵢ|</c>, <c>p</c> the reference shares, <c>q</c> the current shares: the largest difference that both give to any set of
/// bins. Symmetric. Empty bins need no floor.
/// <para>Source: D. A. Levin, Y. Peres, E. L. Wilmer, "Markov Chains and Mixing Times" (2009), section 4.1.</para>
/// </remarks>
public sealed record TotalVariation(double Distance)
{
    /// <summary>Compares shares; each side is divided by its total first.</summary>
    /// <param name="reference">Weights per bin: each ≥ 0, at least one &gt; 0.</param>
    /// <param name="current">Weights per bin now; same bins, same rules.</param>
    /// <exception cref="ArgumentException">The lengths differ, or all weights of a side are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static TotalVariation FromShares(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        Shares.SameBins(reference.Length, current.Length);
        return Compute(Shares.OfWeights(reference, nameof(reference)), Shares.OfWeights(current, nameof(current)));
    }

    /// <summary>Compares two histograms, or the level counts of two categorical samples.</summary>
    /// <param name="reference">Counts per bin: each ≥ 0, at least one &gt; 0.</param>
    /// <param name="current">Counts per bin now; same bins, same rules.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a histogram is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static TotalVariation FromCounts(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        Shares.SameBins(reference.Length, current.Length);
        return Compute(Shares.OfCounts(reference, nameof(reference)), Shares.OfCounts(current, nameof(current)));
    }

    /// <summary>Bins two samples and compares their shares.</summary>
    /// <param name="reference">At least one value, all finite.</param>
    /// <param name="current">Same rules.</param>
    /// <param name="binning">How to make bins from the reference; ten quantile bins if null.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or infinite values.</exception>
    public static TotalVariation Measure(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Binning? binning = null)
    {
        BinCounts bins = (binning ?? Binning.Deciles)
            .Count(SortedSample.Of(reference, nameof(reference)), SortedSample.Of(current, nameof(current)));
        return FromCounts(Shares.ToArray(bins.Reference), Shares.ToArray(bins.Current));
    }

    private static TotalVariation Compute(double[] p, double[] q)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            sum += Math.Abs(p[i] - q[i]);
        }

        return new TotalVariation(Math.Min(1, sum / 2));
    }
}
