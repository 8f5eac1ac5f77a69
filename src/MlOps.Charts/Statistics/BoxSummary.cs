namespace MlOps.Charts.Statistics;

/// <summary>What a box plot shows of a sample.</summary>
/// <param name="Count">Values, missing ones left out.</param>
/// <param name="LowerFence">The smallest value within 1.5 interquartile ranges below <paramref name="Q1"/>.</param>
/// <param name="Q1">First quartile (type 7).</param>
/// <param name="Median">Median.</param>
/// <param name="Q3">Third quartile (type 7).</param>
/// <param name="UpperFence">The largest value within 1.5 interquartile ranges above <paramref name="Q3"/>.</param>
/// <param name="Outliers">Values beyond the fences, at most <see cref="MostOutliers"/> of them, evenly thinned, extremes kept.</param>
/// <param name="OutlierCount">All values beyond the fences.</param>
internal sealed record BoxSummary(
    int Count, double LowerFence, double Q1, double Median, double Q3, double UpperFence, double[] Outliers, int OutlierCount)
{
    /// <summary>A page shows no more than this; the text alternative gives the true number.</summary>
    internal const int MostOutliers = 100;

    /// <summary>Tukey's rule: J. W. Tukey, "Exploratory Data Analysis", 1977.</summary>
    private const double Reach = 1.5;

    internal static BoxSummary Of(double[] sample)
    {
        double[] sorted = [.. sample];
        Array.Sort(sorted);
        double q1 = Quantiles.Of(sorted, 0.25);
        double q3 = Quantiles.Of(sorted, 0.75);
        double low = q1 - Reach * (q3 - q1);
        double high = q3 + Reach * (q3 - q1);
        int first = Array.FindIndex(sorted, v => v >= low);
        int last = Array.FindLastIndex(sorted, v => v <= high);
        double[] outliers = [.. sorted[..first], .. sorted[(last + 1)..]];

        // An interpolated quartile can lie beyond every value inside the fence; the whisker never runs backwards.
        return new BoxSummary(
            sorted.Length, Math.Min(sorted[first], q1), q1, Quantiles.Of(sorted, 0.5), q3, Math.Max(sorted[last], q3),
            Thinning.Evenly(outliers, MostOutliers), outliers.Length);
    }
}
