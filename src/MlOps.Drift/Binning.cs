namespace MlOps.Drift;

/// <summary>A rule that cuts a reference sample into bins, so that another sample can be counted into the same bins.</summary>
/// <remarks>
/// A bin holds <c>lower ≤ x &lt; upper</c> (NumPy's convention). The first bin reaches down to −∞ and the last up to +∞, so values
/// outside the reference's range are counted, not lost. Edges that coincide, as quantiles of data with many ties do, are merged:
/// there may be fewer bins than asked for. If all edges coincide (a constant reference, or nearly one), that value gets a bin of
/// its own between the values below it and those above, so that a move in either direction shows.
/// Immutable.
/// </remarks>
public sealed class Binning
{
    private readonly EdgeRule _innerEdges;
    private readonly string _description;

    private Binning(string description, EdgeRule innerEdges)
    {
        _description = description;
        _innerEdges = innerEdges;
    }

    /// <summary>Makes the inner edges from what must be known of the reference: its quantile function and its range.</summary>
    private delegate double[] EdgeRule(Func<double, double> quantile, double min, double max);

    /// <summary>Gets ten quantile bins: the default everywhere.</summary>
    public static Binning Deciles { get; } = Quantiles(10);

    /// <summary>Bins that each hold the same share of the reference: edges at its k/<paramref name="bins"/> quantiles.</summary>
    /// <param name="bins">Number of bins, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is below 2.</exception>
    public static Binning Quantiles(int bins)
    {
        Guard.AtLeast(bins, 2);
        return new Binning($"{bins} quantile bins of the reference", (quantile, _, _) => InnerEdges(bins, k => quantile((double)k / bins)));
    }

    /// <summary>Bins of equal width between the reference's smallest and largest value.</summary>
    /// <param name="bins">Number of bins, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is below 2.</exception>
    public static Binning EqualWidth(int bins)
    {
        Guard.AtLeast(bins, 2);
        return new Binning(
            $"{bins} bins of equal width over the reference",
            (_, min, max) => InnerEdges(bins, k => EqualWidthEdge(min, max, k, bins)));
    }

    /// <summary>Bins at given edges: K edges make K + 1 bins, the first and the last of them open.</summary>
    /// <param name="edges">At least one finite number, strictly rising.</param>
    /// <exception cref="ArgumentException">There is no edge, one is not finite, or they do not rise.</exception>
    public static Binning At(params ReadOnlySpan<double> edges)
    {
        if (edges.IsEmpty)
        {
            throw new ArgumentException("Binning needs at least one edge; it has none.", nameof(edges));
        }

        for (int i = 0; i < edges.Length; i++)
        {
            if (!double.IsFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Edges must be finite and strictly rising; edge {i} is {edges[i]}{(i > 0 ? FormattableString.Invariant($" after {edges[i - 1]}") : "")}."),
                    nameof(edges));
            }
        }

        double[] copy = edges.ToArray();
        return new Binning($"{copy.Length + 1} bins at given edges", (_, _, _) => copy);
    }

    /// <summary>Counts both samples into bins made from the reference.</summary>
    /// <param name="reference">The sample that makes the bins.</param>
    /// <param name="current">The sample that is compared with it.</param>
    public BinCounts Count(SortedSample reference, SortedSample current)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        double[] edges = Edges(reference.Quantile, reference.Min, reference.Max);
        return new BinCounts(edges, CountInto(edges, reference), CountInto(edges, current));
    }

    /// <inheritdoc/>
    public override string ToString() => _description;

    /// <summary>The inner edges for a reference that is known by its quantiles and its range only.</summary>
    internal double[] Edges(Func<double, double> quantile, double min, double max) => _innerEdges(quantile, min, max);

    /// <summary>The shares at which <see cref="Edges"/> will ask for a quantile.</summary>
    internal IReadOnlyList<double> Shares()
    {
        var shares = new List<double>();
        _innerEdges(Note, 0, 0);
        return shares;

        double Note(double share)
        {
            shares.Add(share);
            return 0;
        }
    }

    private static double[] InnerEdges(int bins, Func<int, double> edge)
    {
        var edges = new List<double>(bins - 1);
        for (int k = 1; k < bins; k++)
        {
            double next = edge(k);
            if (edges.Count == 0 || next > edges[^1])
            {
                edges.Add(next);
            }
        }

        if (edges.Count == 1 && bins > 2)
        {
            edges.Add(Math.BitIncrement(edges[0])); // [v, next number after v) holds v and nothing else
        }

        return [.. edges];
    }

    private static double EqualWidthEdge(double min, double max, int k, int bins)
    {
        double range = max - min;
        double share = (double)k / bins;
        return double.IsFinite(range) ? min + (k * (range / bins)) : (min * (1 - share)) + (max * share);
    }

    private static long[] CountInto(double[] edges, SortedSample sample)
    {
        long[] counts = new long[edges.Length + 1];
        int below = 0;
        for (int i = 0; i < edges.Length; i++)
        {
            int upTo = sample.CountBelow(edges[i]);
            counts[i] = upTo - below;
            below = upTo;
        }

        counts[^1] = sample.Count - below;
        return counts;
    }
}
