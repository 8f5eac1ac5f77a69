namespace MlOps.Drift;

/// <summary>Jensen–Shannon distance of two discrete distributions: bounded, and defined where bins are empty.</summary>
/// <param name="Distance">√divergence, in [0, √ln 2 ≈ 0.833] for base e and in [0, 1] for base 2; 0 means equal shares. A metric.</param>
/// <param name="Divergence">The square of the distance: mean divergence of both sides from their average; in nats for base e.</param>
/// <remarks>
/// <c>JSD = ½ Σ pᵢ ln(pᵢ/mᵢ) + ½ Σ qᵢ ln(qᵢ/mᵢ)</c>, <c>m = (p + q)/2</c>, 0 · ln 0 = 0, divided by ln(base). Symmetric. Empty bins need
/// no floor.
/// <para><c>Distance</c> equals <c>scipy.spatial.distance.jensenshannon(p, q, base)</c>. Mind that some texts and tools report the divergence.</para>
/// <para>Sources: J. Lin, "Divergence Measures Based on the Shannon Entropy", IEEE Trans. Inf. Theory 37 (1991) 145–151; D. M. Endres,
/// J. E. Schindelin, "A New Metric for Probability Distributions", ibid. 49 (2003) 1858–1860.</para>
/// </remarks>
public sealed record JensenShannon(double Distance, double Divergence)
{
    /// <summary>Compares shares; each side is divided by its total first.</summary>
    /// <param name="reference">Weights per bin: each ≥ 0, at least one &gt; 0.</param>
    /// <param name="current">Weights per bin now; same bins, same rules.</param>
    /// <param name="logBase">Base of the logarithm, above 1; e gives nats, 2 gives bits.</param>
    /// <exception cref="ArgumentException">The lengths differ, or all weights of a side are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite, or <paramref name="logBase"/> is not above 1.</exception>
    public static JensenShannon FromShares(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, double logBase = Math.E)
    {
        Shares.SameBins(reference.Length, current.Length);
        return Compute(Shares.OfWeights(reference, nameof(reference)), Shares.OfWeights(current, nameof(current)), logBase);
    }

    /// <summary>Compares two histograms, or the level counts of two categorical samples.</summary>
    /// <param name="reference">Counts per bin: each ≥ 0, at least one &gt; 0.</param>
    /// <param name="current">Counts per bin now; same bins, same rules.</param>
    /// <param name="logBase">Base of the logarithm, above 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a histogram is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or <paramref name="logBase"/> is not above 1.</exception>
    public static JensenShannon FromCounts(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, double logBase = Math.E)
    {
        Shares.SameBins(reference.Length, current.Length);
        return Compute(Shares.OfCounts(reference, nameof(reference)), Shares.OfCounts(current, nameof(current)), logBase);
    }

    /// <summary>Bins two samples and compares their shares.</summary>
    /// <param name="reference">At least one value, all finite.</param>
    /// <param name="current">Same rules.</param>
    /// <param name="binning">How to make bins from the reference; ten quantile bins if null.</param>
    /// <param name="logBase">Base of the logarithm, above 1.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or infinite values.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="logBase"/> is not above 1.</exception>
    public static JensenShannon Measure(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Binning? binning = null, double logBase = Math.E)
    {
        BinCounts bins = (binning ?? Binning.Deciles)
            .Count(SortedSample.Of(reference, nameof(reference)), SortedSample.Of(current, nameof(current)));
        return FromCounts(Shares.ToArray(bins.Reference), Shares.ToArray(bins.Current), logBase);
    }

    private static JensenShannon Compute(double[] p, double[] q, double logBase)
    {
        LogBase.Check(logBase);
        double left = 0;
        double right = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double middle = (p[i] + q[i]) / 2;
            left += p[i] > 0 ? p[i] * Math.Log(p[i] / middle) : 0;
            right += q[i] > 0 ? q[i] * Math.Log(q[i] / middle) : 0;
        }

        // Rounding can leave a tiny negative sum for nearly equal shares.
        double divergence = Math.Max(0, (left + right) / 2) / Math.Log(logBase);
        return new JensenShannon(Math.Sqrt(divergence), divergence);
    }
}
