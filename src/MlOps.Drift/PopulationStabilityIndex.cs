using MathNet.Numerics.Distributions;

namespace MlOps.Drift;

/// <summary>Population stability index (PSI): how far binned data has moved from a reference.</summary>
/// <param name="Value">The index in nats, in [0, ∞); 0 means equal shares.</param>
/// <param name="ChanceThreshold">The PSI that two samples of these sizes from one distribution exceed with probability 0.05. Below
/// it the index says nothing; it shrinks as the samples grow.</param>
/// <param name="ReferenceCount">n, observations in the reference.</param>
/// <param name="CurrentCount">m, observations now.</param>
/// <remarks>
/// <c>PSI = Σᵢ (qᵢ − pᵢ) · ln(qᵢ / pᵢ)</c>, <c>p</c> the reference shares, <c>q</c> the current shares. Unit: nats. Symmetric. A bin
/// that is empty on one side gets the share 0.0001 there (nothing else is changed, nor are shares scaled again); one that is empty on
/// both sides adds 0. No other smoothing unless a pseudo count is asked for.
/// <para><c>ChanceThreshold = χ²(0.95; B − 1) · (1/n + 1/m)</c>, B the bins that are not empty on both sides: under the null
/// hypothesis PSI / (1/n + 1/m) is about χ² distributed. The approximation is too low where bins expect fewer than about 5 values.</para>
/// <para>The limits 0.1 and 0.25 that go with PSI are rules of thumb, not a significance test.</para>
/// <para>Sources: S. Kullback, R. A. Leibler, "On Information and Sufficiency", Ann. Math. Statist. 22 (1951), divergence J;
/// B. Yurdakul, "Statistical Properties of Population Stability Index", Western Michigan University (2018).</para>
/// </remarks>
public sealed record PopulationStabilityIndex(double Value, double ChanceThreshold, long ReferenceCount, long CurrentCount)
{
    /// <summary>The probability that PSI exceeds its chance threshold when nothing has changed.</summary>
    private const double FalseAlarmRate = 0.05;

    /// <summary>How far given shares may be from a total of 1; published shares are rounded.</summary>
    private const double TotalTolerance = 0.01;

    /// <summary>Computes the PSI of given shares, in nats.</summary>
    /// <param name="reference">Shares per bin at training time: each ≥ 0, together 1.</param>
    /// <param name="current">Shares per bin now; same bins, same rules.</param>
    /// <param name="floor">The share put in place of a 0 that faces a share above 0; with 0 such a bin makes the index +∞.</param>
    /// <exception cref="ArgumentException">The lengths differ, or shares do not add up to 1 (± 0.01 for rounding).</exception>
    /// <exception cref="ArgumentOutOfRangeException">A share or <paramref name="floor"/> is negative or not finite.</exception>
    public static double FromShares(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, double floor = Shares.DefaultFloor)
    {
        Shares.SameBins(reference.Length, current.Length);
        Guard.NonNegative(floor);
        AddUpToOne(reference, nameof(reference));
        AddUpToOne(current, nameof(current));
        return Sum(reference, current, floor);
    }

    /// <summary>Computes the PSI of two histograms over the same bins.</summary>
    /// <param name="reference">Counts per bin at training time: each ≥ 0, at least one &gt; 0.</param>
    /// <param name="current">Counts per bin now; same bins, same rules.</param>
    /// <param name="pseudoCount">Added to every bin on both sides, 0.5 for example, so that no bin is empty; 0 adds nothing.</param>
    /// <param name="floor">As in <see cref="FromShares"/>.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a histogram is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count, <paramref name="pseudoCount"/> or <paramref name="floor"/> is negative or not finite.</exception>
    public static PopulationStabilityIndex FromCounts(
        ReadOnlySpan<long> reference, ReadOnlySpan<long> current, double pseudoCount = 0, double floor = Shares.DefaultFloor)
    {
        Shares.SameBins(reference.Length, current.Length);
        Guard.NonNegative(pseudoCount);
        Guard.NonNegative(floor);
        long n = Shares.Total(reference, nameof(reference));
        long m = Shares.Total(current, nameof(current));
        double[] p = Shares.OfCounts(reference, nameof(reference), pseudoCount);
        double[] q = Shares.OfCounts(current, nameof(current), pseudoCount);

        int used = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            used += reference[i] + current[i] > 0 ? 1 : 0;
        }

        double chance = used < 2 ? 0 : ChiSquared.InvCDF(used - 1, 1 - FalseAlarmRate) * ((1.0 / n) + (1.0 / m));
        return new PopulationStabilityIndex(Sum(p, q, floor), chance, n, m);
    }

    /// <summary>Bins two samples and computes their PSI.</summary>
    /// <param name="reference">The sample at training time: at least one value, all finite.</param>
    /// <param name="current">The sample now; same rules.</param>
    /// <param name="binning">How to make bins from the reference; ten quantile bins if null.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or infinite values.</exception>
    public static PopulationStabilityIndex Measure(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, Binning? binning = null) =>
        Measure(SortedSample.Of(reference, nameof(reference)), SortedSample.Of(current, nameof(current)), binning);

    /// <summary>Bins two sorted samples and computes their PSI.</summary>
    /// <param name="reference">The sample at training time.</param>
    /// <param name="current">The sample now.</param>
    /// <param name="binning">How to make bins from the reference; ten quantile bins if null.</param>
    public static PopulationStabilityIndex Measure(SortedSample reference, SortedSample current, Binning? binning = null)
    {
        BinCounts bins = (binning ?? Binning.Deciles).Count(reference, current);
        return FromCounts(Shares.ToArray(bins.Reference), Shares.ToArray(bins.Current));
    }

    private static double Sum(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, double floor)
    {
        double psi = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            if (reference[i] == current[i])
            {
                continue; // also the bin that is empty on both sides: 0, not 0·ln(0/0)
            }

            double p = reference[i] == 0 ? floor : reference[i];
            double q = current[i] == 0 ? floor : current[i];
            psi += (q - p) * Math.Log(q / p);
        }

        return psi;
    }

    private static void AddUpToOne(ReadOnlySpan<double> shares, string name)
    {
        double total = Shares.Total(shares, name);
        if (Math.Abs(total - 1) > TotalTolerance)
        {
            throw new ArgumentException(FormattableString.Invariant($"{name} needs shares that add up to 1; these add up to {total}."), name);
        }
    }
}
