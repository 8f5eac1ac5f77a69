namespace MlOps.Drift;

/// <summary>Kullback–Leibler divergence of current data from a reference: the surprise in data that was expected to be the other.</summary>
/// <param name="Divergence">KL(p ‖ q) in [0, ∞], in nats for base e; 0 means equal shares. Not symmetric.</param>
/// <remarks>
/// <c>KL(p ‖ q) = Σᵢ pᵢ · ln(pᵢ / qᵢ)</c>, <c>p</c> the reference shares, <c>q</c> the current shares, divided by ln(base). A bin with
/// pᵢ = 0 adds 0. A bin with pᵢ &gt; 0 and qᵢ = 0 makes the divergence +∞, unless a floor is given: qᵢ is then the floor.
/// PSI is the sum of both directions.
/// <para>Equals <c>scipy.stats.entropy(p, q, base)</c> without a floor.</para>
/// <para>Source: S. Kullback, R. A. Leibler, "On Information and Sufficiency", Ann. Math. Statist. 22 (1951) 79–86.</para>
/// </remarks>
public sealed record KullbackLeibler(double Divergence)
{
    /// <summary>Compares shares; each side is divided by its total first.</summary>
    /// <param name="reference">Weights per bin: each ≥ 0, at least one &gt; 0.</param>
    /// <param name="current">Weights per bin now; same bins, same rules.</param>
    /// <param name="logBase">Base of the logarithm, above 1; e gives nats, 2 gives bits.</param>
    /// <param name="floor">The current share put in place of a 0 where the reference has a share; 0 keeps the definition's +∞.</param>
    /// <exception cref="ArgumentException">The lengths differ, or all weights of a side are 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight or <paramref name="floor"/> is negative or not finite, or
    /// <paramref name="logBase"/> is not above 1.</exception>
    public static KullbackLeibler FromShares(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, double logBase = Math.E, double floor = 0)
    {
        Shares.SameBins(reference.Length, current.Length);
        return Compute(Shares.OfWeights(reference, nameof(reference)), Shares.OfWeights(current, nameof(current)), logBase, floor);
    }

    /// <summary>Compares two histograms, or the level counts of two categorical samples.</summary>
    /// <param name="reference">Counts per bin: each ≥ 0, at least one &gt; 0.</param>
    /// <param name="current">Counts per bin now; same bins, same rules.</param>
    /// <param name="logBase">Base of the logarithm, above 1.</param>
    /// <param name="floor">As in <see cref="FromShares"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a histogram is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count or <paramref name="floor"/> is negative, or <paramref name="logBase"/> is not above 1.</exception>
    public static KullbackLeibler FromCounts(
        ReadOnlySpan<long> reference, ReadOnlySpan<long> current, double logBase = Math.E, double floor = 0)
    {
        Shares.SameBins(reference.Length, current.Length);
        return Compute(Shares.OfCounts(reference, nameof(reference)), Shares.OfCounts(current, nameof(current)), logBase, floor);
    }

    /// <summary>Bins two samples and compares their shares.</summary>
    /// <param name="reference">At least one value, all finite.</param>
    /// <param name="current">Same rules.</param>
    /// <param name="binning">How to make bins from the reference; ten quantile bins if null.</param>
    /// <param name="logBase">Base of the logarithm, above 1.</param>
    /// <param name="floor">As in <see cref="FromShares"/>.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or infinite values.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floor"/> is negative, or <paramref name="logBase"/> is not above 1.</exception>
    public static KullbackLeibler Measure(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Binning? binning = null, double logBase = Math.E, double floor = 0)
    {
        BinCounts bins = (binning ?? Binning.Deciles)
            .Count(SortedSample.Of(reference, nameof(reference)), SortedSample.Of(current, nameof(current)));
        return FromCounts(Shares.ToArray(bins.Reference), Shares.ToArray(bins.Current), logBase, floor);
    }

    private static KullbackLeibler Compute(double[] p, double[] q, double logBase, double floor)
    {
        LogBase.Check(logBase);
        Guard.NonNegative(floor);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            if (p[i] > 0)
            {
                sum += p[i] * Math.Log(p[i] / (q[i] > 0 ? q[i] : floor));
            }
        }

        return new KullbackLeibler(sum / Math.Log(logBase));
    }
}
