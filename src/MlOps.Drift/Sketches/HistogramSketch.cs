using System.Globalization;

namespace MlOps.Drift.Sketches;

/// <summary>Counts of values between fixed edges: the sketch that merges exactly.</summary>
/// <remarks>
/// K edges make K + 1 bins: below the first edge, <c>lower ≤ x &lt; upper</c>, and from the last edge up, as in <see cref="Binning"/>. Any
/// order and grouping of values and merges gives identical counts. Not thread-safe.
/// </remarks>
public sealed class HistogramSketch
{
    private readonly double[] _edges;
    private readonly long[] _counts;

    /// <summary>Makes an empty histogram.</summary>
    /// <param name="edges">At least one finite number, strictly rising.</param>
    /// <exception cref="ArgumentException">There is no edge, one is not finite, or they do not rise.</exception>
    public HistogramSketch(params ReadOnlySpan<double> edges)
    {
        _ = Binning.At(edges); // the same rules, the same words
        _edges = edges.ToArray();
        _counts = new long[edges.Length + 1];
    }

    /// <summary>Gets the edges, rising.</summary>
    public IReadOnlyList<double> Edges => _edges;

    /// <summary>Gets the counts per bin: one more than edges; the first is of the values below all edges, the last of those from the last edge up.</summary>
    public IReadOnlyList<long> Counts => _counts;

    /// <summary>Gets the finite values counted.</summary>
    public long Count => _counts.Sum();

    /// <summary>Gets the values below the first edge.</summary>
    public long Below => _counts[0];

    /// <summary>Gets the values at the last edge or above.</summary>
    public long Above => _counts[^1];

    /// <summary>Gets the NaNs seen; they are in no bin.</summary>
    public long Missing { get; private set; }

    /// <summary>Gets the infinite values of either sign that were seen; they are in no bin.</summary>
    public long Infinite { get; private set; }

    /// <summary>Counts one value. O(log K).</summary>
    public void Add(double value)
    {
        if (double.IsFinite(value))
        {
            _counts[BinOf(value)]++;
        }
        else if (double.IsNaN(value))
        {
            Missing++;
        }
        else
        {
            Infinite++;
        }
    }

    /// <summary>Counts values. O(n log K).</summary>
    /// <param name="values">Any number of values.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            Add(value);
        }
    }

    /// <summary>Adds the counts of another histogram. The other is not changed.</summary>
    /// <exception cref="ArgumentException">The edges differ.</exception>
    public void Merge(HistogramSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!HasEdgesOf(other))
        {
            throw new ArgumentException($"Histograms need the same edges to be merged; these have {_edges.Length} and {other._edges.Length} that differ.", nameof(other));
        }

        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] = checked(_counts[i] + other._counts[i]);
        }

        Missing = checked(Missing + other.Missing);
        Infinite = checked(Infinite + other.Infinite);
    }

    /// <summary>Sets two histograms beside each other.</summary>
    /// <param name="reference">The histogram of the reference.</param>
    /// <param name="current">The histogram that is compared with it; same edges.</param>
    /// <exception cref="ArgumentException">The edges differ.</exception>
    public static BinCounts Compare(HistogramSketch reference, HistogramSketch current)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        return reference.HasEdgesOf(current)
            ? new BinCounts([.. reference._edges], [.. reference._counts], [.. current._counts])
            : throw new ArgumentException("Histograms need the same edges to be compared; count both with the edges of the reference.", nameof(current));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count:N0} values in {_counts.Length} bins, {Missing:N0} missing, {Infinite:N0} infinite");

    internal bool HasEdgesOf(HistogramSketch other) => _edges.AsSpan().SequenceEqual(other._edges);

    internal void Write(BinaryWriter writer)
    {
        writer.Write(_edges.Length);
        foreach (double edge in _edges)
        {
            writer.Write(edge);
        }

        foreach (long count in (long[])[.. _counts, Missing, Infinite])
        {
            writer.Write(count);
        }
    }

    internal static HistogramSketch Read(SketchReader reader)
    {
        double[] edges = new double[reader.Length("the edges of a histogram", sizeof(double))];
        reader.Doubles(edges);
        SketchReader.Require(edges.Length > 0 && double.IsFinite(edges[0]) && double.IsFinite(edges[^1]), "the edges of a histogram are not finite");
        SketchReader.RequireRising(edges, "the edges of a histogram", strictly: true);
        var histogram = new HistogramSketch(edges);
        for (int i = 0; i < histogram._counts.Length; i++)
        {
            histogram._counts[i] = reader.Count("a bin");
        }

        (histogram.Missing, histogram.Infinite) = (reader.Count("missing values"), reader.Count("infinite values"));
        return histogram;
    }

    /// <summary>The number of edges at or below the value.</summary>
    private int BinOf(double value)
    {
        int low = 0;
        int length = _edges.Length;
        while (length > 0)
        {
            int half = length >> 1;
            bool isAbove = _edges[low + half] <= value;
            low = isAbove ? low + half + 1 : low;
            length = isAbove ? length - half - 1 : half;
        }

        return low;
    }
}
