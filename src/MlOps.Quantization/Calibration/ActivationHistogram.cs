namespace MlOps.Quantization.Calibration;

/// <summary>How often a value fell into each of B bins of equal width on [−T, T].</summary>
/// <remarks>
/// Bin i holds the numbers with <c>⌊(x + T) · B/(2T)⌋ = i</c>; T itself belongs to the last. T is the largest magnitude seen, unless there were outliers
/// (<see cref="ActivationStatistics.OutlierCount"/>): then it is the power of two that the other numbers do not exceed. Exact: the range was known before counting began.
/// </remarks>
public sealed class ActivationHistogram
{
    private readonly long[] _counts;

    internal ActivationHistogram(double limit, long[] counts, long below, long above) =>
        (Limit, _counts, Below, Above) = (limit, counts, below, above);

    /// <summary>Gets T &gt; 0.</summary>
    public double Limit { get; }

    /// <summary>Gets the count of each bin, from −T to T.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>Gets how many numbers were below −T: outliers; −∞ is not counted.</summary>
    public long Below { get; }

    /// <summary>Gets how many numbers were above T: outliers; +∞ is not counted.</summary>
    public long Above { get; }

    internal long Beyond => Below + Above;

    internal ReadOnlySpan<long> CountsSpan => _counts;

    /// <summary>Returns the left edge of a bin; of bin B, which is not there, it is T.</summary>
    /// <param name="bin">0 to B.</param>
    public double Edge(int bin) => (2 * Limit * bin / _counts.Length) - Limit;

    /// <summary>Centres and counts of the bins that are not empty.</summary>
    internal (double[] Centres, double[] Weights) Filled()
    {
        int[] filled = [.. Enumerable.Range(0, _counts.Length).Where(i => _counts[i] > 0)];
        return ([.. filled.Select(i => (Edge(i) + Edge(i + 1)) / 2)], [.. filled.Select(i => (double)_counts[i])]);
    }
}
