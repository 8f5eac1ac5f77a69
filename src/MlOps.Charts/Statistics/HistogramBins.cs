namespace MlOps.Charts.Statistics;

/// <summary>Equal-width bins and what falls into them. Bins are closed below and open above, the last one closed: NumPy's rule.</summary>
internal static class HistogramBins
{
    /// <summary><paramref name="bins"/> + 1 edges from the smallest to the largest value of all samples.</summary>
    /// <remarks>A constant sample gets bins over its value ± 0.5, or ± 5 % where that is wider.</remarks>
    internal static double[] Edges(int bins, params double[][] samples)
    {
        double low = samples.Min(s => s.Min());
        double high = samples.Max(s => s.Max());
        if (low == high)
        {
            double half = Math.Max(0.5, Math.Abs(low) * 0.05);
            (low, high) = (low - half, high + half);
        }

        var edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++)
        {
            edges[i] = low + (high - low) * i / bins;
        }

        edges[bins] = high;
        return edges;
    }

    internal static double[] Count(double[] sample, double[] edges)
    {
        var counts = new double[edges.Length - 1];
        foreach (double value in sample)
        {
            int found = Array.BinarySearch(edges, value);
            int bin = found >= 0 ? found : ~found - 1;
            counts[Math.Clamp(bin, 0, counts.Length - 1)]++;
        }

        return counts;
    }

    /// <summary>Counts divided by their sum: samples of different size become comparable.</summary>
    internal static double[] Shares(double[] sample, double[] edges) =>
        Array.ConvertAll(Count(sample, edges), c => c / sample.Length);
}
