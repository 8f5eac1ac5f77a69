namespace MlOps.Fairness.Proxies;

/// <summary>The area under the ROC curve by ranks: the chance that a positive row scores above a negative one, ties counted half.</summary>
internal static class AreaUnderCurve
{
    /// <summary>Mann and Whitney's U, divided by the pairs; both classes must occur.</summary>
    internal static double Of(double[] scores, bool[] positive)
    {
        double[] sorted = [.. scores];
        bool[] labels = [.. positive];
        Array.Sort(sorted, labels);
        double rankSum = 0;
        long positives = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            long members = 0;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                members += labels[end] ? 1 : 0;
                end++;
            }

            rankSum += members * ((start + 1 + end) / 2.0); // tied scores share the mean of their ranks
            positives += members;
            start = end;
        }

        double pairs = (double)positives * (scores.Length - positives);
        return (rankSum - (positives * (positives + 1) / 2.0)) / pairs;
    }
}
