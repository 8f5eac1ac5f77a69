namespace MlOps.Drift;

/// <summary>Wasserstein-1 distance of two samples: how far values must move, on average, to turn one sample into the other.</summary>
/// <param name="Distance">W₁, in the unit of the values, in [0, ∞); 0 means equal distributions. +∞ if the samples are further apart
/// than a double can say.</param>
/// <param name="ReferenceCount">n, values in the reference sample.</param>
/// <param name="CurrentCount">m, values in the current sample.</param>
/// <remarks>
/// <c>W₁ = ∫ |F(x) − G(x)| dx</c>, F and G the empirical distribution functions. Symmetric, a metric; adding c to one of two equal
/// samples gives |c|. One far outlier moves it: by its distance / n.
/// <para>Equals <c>scipy.stats.wasserstein_distance(reference, current)</c>.</para>
/// <para>Source: S. S. Vallender, "Calculation of the Wasserstein Distance Between Probability Distributions on the Line",
/// Theory Probab. Appl. 18 (1974) 784–786.</para>
/// </remarks>
public sealed record Wasserstein(double Distance, long ReferenceCount, long CurrentCount)
{
    /// <summary>Measures the distance of two samples in any order. O(n + m).</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or infinite values.</exception>
    public static Wasserstein Measure(ReadOnlySpan<double> reference, ReadOnlySpan<double> current) =>
        Measure(SortedSample.Of(reference, nameof(reference)), SortedSample.Of(current, nameof(current)));

    /// <summary>Measures the distance of two samples that are already sorted.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    public static Wasserstein Measure(SortedSample reference, SortedSample current)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        return new Wasserstein(MergedWalk.Of(reference, current).Area, reference.Count, current.Count);
    }
}
