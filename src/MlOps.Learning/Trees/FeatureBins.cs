namespace MlOps.Learning.Trees;

/// <summary>Puts the values of a feature into at most 255 bins of about equal numbers of cases.</summary>
internal static class FeatureBins
{
    /// <summary>Bins a byte can tell apart, that of missing values included.</summary>
    internal const int Capacity = 256;

    /// <summary>The bin of missing values.</summary>
    internal const byte Missing = 255;

    /// <summary>The edges between the bins, ascending: a value is in bin b where edge b − 1 &lt; value ≤ edge b.</summary>
    /// <remarks>With at most <paramref name="maxBins"/> different values, one bin each; else cut at the quantiles.</remarks>
    /// <param name="sorted">Ascending, without NaN; may be empty.</param>
    /// <param name="maxBins">2 to 255.</param>
    internal static float[] Edges(ReadOnlySpan<float> sorted, int maxBins)
    {
        var edges = new List<float>(maxBins);
        for (int i = 1; i < sorted.Length && edges.Count < maxBins; i++)
        {
            if (sorted[i] > sorted[i - 1])
            {
                edges.Add(Between(sorted[i - 1], sorted[i]));
            }
        }

        return edges.Count < maxBins ? [.. edges] : Quantiles(sorted, maxBins);
    }

    /// <summary>The bin of a value.</summary>
    internal static byte BinOf(float value, ReadOnlySpan<float> edges)
    {
        if (float.IsNaN(value))
        {
            return Missing;
        }

        int low = 0;
        int length = edges.Length;
        while (length > 0)
        {
            int half = length / 2;
            low += (value > edges[low + half] ? 1 : 0) * (length - half); // a product, no branch: the outcome cannot be predicted
            length = half;
        }

        return (byte)low;
    }

    /// <summary>A threshold with <c>low ≤ threshold &lt; high</c>: the middle, rounded down to a float.</summary>
    /// <remarks>Rounded down, a float is at most the threshold exactly where it is at most the middle.</remarks>
    internal static float Between(float low, float high)
    {
        double middle = ((double)low + high) / 2;
        float rounded = (float)middle;
        rounded = rounded > middle ? MathF.BitDecrement(rounded) : rounded;
        return rounded < high ? Math.Max(low, rounded) : low;
    }

    private static float[] Quantiles(ReadOnlySpan<float> sorted, int maxBins)
    {
        var edges = new List<float>(maxBins);
        for (int k = 1; k < maxBins; k++)
        {
            int rank = (int)((long)k * sorted.Length / maxBins);
            float low = sorted[rank - 1];
            int next = rank;
            while (next < sorted.Length && sorted[next] <= low)
            {
                next++;
            }

            if (next < sorted.Length && (edges.Count == 0 || low > edges[^1]))
            {
                edges.Add(Between(low, sorted[next]));
            }
        }

        return [.. edges];
    }
}
