namespace MlOps.Drift;

/// <summary>Hellinger distance of two discrete distributions: the distance of the square roots of their shares.</summary>
/// <param name="Distance">In [0, 1]; 0 means equal shares, 1 no bin in common. A metric.</param>
/// <remarks>
/// <c>H = √(½ Σ (√pᵢ − √qᵢ)²)</c>, <c>p</c> the reference shares, <c>q</c> the current shares; <c>H² = 1 − Σ √(pᵢ·qᵢ)</c>. Symmetric. Empty
/// bins need no floor. <c>H² ≤ TV ≤ H·√2</c> (<see cref="TotalVariation"/>). Mind that some texts leave out the ½.
/// <para>Source: E. Hellinger, J. reine angew. Math. 136 (1909) 210–271.</para>
/// </remarks>
public sealed record Hellinger(double Distance)
{
    /// <summary>Compares shares; each side is divided by its total first.</summary>
    /// <param name="reference">Weights per bin: each ≥ 0, at least one &gt; 0.</param>
    /// <param name="current">Weights per bin now; same bins, same rules.</param>
    /// <exception cref="ArgumentException">The lengths differ, or all weights of a side are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static Hellinger FromShares(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        Shares.SameBins(reference.Length, current.Length);
        return Compute(Shares.OfWeights(reference, nameof(reference)), Shares.OfWeights(current, nameof(current)));
    }

    /// <summary>Compares two histograms, or the level counts of two categorical samples.</summary>
    /// <param name="reference">Counts per bin: each ≥ 0, at least one &gt; 0.</param>
    /// <param name="current">Counts per bin now; same bins, same rules.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a histogram is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static Hellinger FromCounts(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        Shares.SameBins(reference.Length, current.Length);
        return Compute(Shares.OfCounts(reference, nameof(reference)), Shares.OfCounts(current, nameof(current)));
    }

    /// <summary>Bins two samples and compares their shares.</summary>
    /// <param name="reference">At least one value, all finite.</param>
    /// <param name="current">Same rules.</param>
    /// <param name="binning">How to make bins from the reference; ten quantile bins if null.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or infinite values.</exception>
    public static Hellinger Measure(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Binning? binning = null)
    {
        BinCounts bins = (binning ?? Binning.Deciles)
            .Count(SortedSample.Of(reference, nameof(reference)), SortedSample.Of(current, nameof(current)));
        return FromCounts(Shares.ToArray(bins.Reference), Shares.ToArray(bins.Current));
    }

    private static Hellinger Compute(double[] p, double[] q)
    {
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double difference = Math.Sqrt(p[i]) - Math.Sqrt(q[i]);
            sum += difference * difference; // not 1 − Σ √(p·q), which cancels for nearly equal shares
        }

        return new Hellinger(Math.Min(1, Math.Sqrt(sum / 2)));
    }
}
