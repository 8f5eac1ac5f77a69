namespace MlOps.Drift;

/// <summary>Energy distance of two samples: how much farther values are from the other sample than from their own.</summary>
/// <param name="Distance">E, in the square root of the unit of the values, in [0, ∞); 0 means equal distributions. +∞ if the samples are
/// further apart than a double can say.</param>
/// <param name="ReferenceCount">n, values in the reference sample.</param>
/// <param name="CurrentCount">m, values in the current sample.</param>
/// <remarks>
/// <c>E = √(2·E|X − Y| − E|X − X′| − E|Y − Y′|) = √(2 ∫ (F(x) − G(x))² dx)</c>, X and X′ drawn from the reference, Y and Y′ from the current
/// sample, F and G their distribution functions. Symmetric, a metric; scaling both samples by c scales E by √|c|.
/// <para>Equals <c>scipy.stats.energy_distance(reference, current)</c>.</para>
/// <para>Source: G. J. Székely, M. L. Rizzo, "Energy Statistics", J. Statist. Plann. Inference 143 (2013) 1249–1272.</para>
/// </remarks>
public sealed record EnergyDistance(double Distance, long ReferenceCount, long CurrentCount)
{
    /// <summary>Measures the distance of two samples in any order. O(n + m).</summary>
    /// <param name="reference">n ≥ 1 finite values.</param>
    /// <param name="current">m ≥ 1 finite values.</param>
    /// <exception cref="ArgumentException">A sample is empty or holds NaN or infinite values.</exception>
    public static EnergyDistance Measure(ReadOnlySpan<double> reference, ReadOnlySpan<double> current) =>
        Measure(SortedSample.Of(reference, nameof(reference)), SortedSample.Of(current, nameof(current)));

    /// <summary>Measures the distance of two samples that are already sorted.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    public static EnergyDistance Measure(SortedSample reference, SortedSample current)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        (int n, int m) = (reference.Count, current.Count);
        double weight = 1 / ((double)n * m);
        double area = 0;
        double gap = 0;
        double previous = 0;
        var groups = new MergedGroups(reference, current);
        while (groups.Next())
        {
            area += gap == 0 ? 0 : gap * gap * (groups.Value - previous); // not 0 · ∞ where the step exceeds the range of double
            long passed = ((long)m * (groups.ReferenceBelow + groups.ReferenceTies)) - ((long)n * (groups.CurrentBelow + groups.CurrentTies));
            gap = passed * weight;
            previous = groups.Value;
        }

        return new EnergyDistance(Math.Sqrt(2 * area), n, m);
    }
}
