namespace MlOps.Drift.Reporting;

/// <summary>Equally wide bins with round edges over the bulk of two samples, for charts.</summary>
internal static class RoundBins
{
    /// <summary>The share of either sample beyond each end that goes into the open bins, so that outliers do not squeeze the rest.</summary>
    internal const double Tail = 0.005;

    private const int AboutBins = 12;

    /// <summary>2⁵³: beyond it a double cannot count by ones, and two neighbouring edges could be one number.</summary>
    private const double LargestStepNumber = 9007199254740992;

    private static readonly double[] RoundSteps = [1, 2, 2.5, 5, 10];

    internal static BinCounts Count(SortedSample reference, SortedSample current)
    {
        double low = Math.Min(reference.Quantile(Tail), current.Quantile(Tail));
        double high = Math.Max(reference.Quantile(1 - Tail), current.Quantile(1 - Tail));
        return Binning.At(Edges(low, high)).Count(reference, current);
    }

    internal static double[] Edges(double low, double high)
    {
        double step = RoundStep((high - low) / AboutBins);
        if (!double.IsNormal(step) || !(Math.Abs(low / step) < LargestStepNumber))
        {
            return [low, Math.BitIncrement(low)]; // one value, or a range that has no round parts: below, at, above
        }

        var edges = new List<double>();
        double first = Math.Floor(low / step) + 1;
        for (double k = first; k * step <= high && edges.Count < 2 * AboutBins; k++)
        {
            double edge = Math.Round(k * step, 12); // 3 · 0.1 is to read 0.3
            edge = Math.Abs(edge - (k * step)) < step * 1e-6 ? edge : k * step;
            if (edges.Count == 0 || edge > edges[^1])
            {
                edges.Add(edge);
            }
        }

        return edges.Count > 0 ? [.. edges] : [low, Math.BitIncrement(low)];
    }

    /// <summary>The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least <paramref name="width"/>.</summary>
    private static double RoundStep(double width)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        foreach (double round in RoundSteps)
        {
            if (round * power >= width)
            {
                return round * power;
            }
        }

        return 10 * power;
    }
}
