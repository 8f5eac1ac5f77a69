namespace MlOps.Drift.Estimation;

/// <summary>Scores ascending, each once, with how many rows have it.</summary>
internal sealed class ScoreGroups
{
    private ScoreGroups(double[] scores, double[] counts) => (Scores, Counts) = (scores, counts);

    internal double[] Scores { get; }

    internal double[] Counts { get; }

    internal static ScoreGroups Of(ReadOnlySpan<double> scores)
    {
        double[] sorted = scores.ToArray();
        RadixSort.Sort(sorted);
        double[] counts = GC.AllocateUninitializedArray<double>(sorted.Length);
        int used = -1;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (used >= 0 && sorted[i] == sorted[used])
            {
                counts[used]++;
            }
            else
            {
                sorted[++used] = sorted[i];
                counts[used] = 1;
            }
        }

        return used + 1 == sorted.Length ? new ScoreGroups(sorted, counts) : new ScoreGroups(sorted[..(used + 1)], counts[..(used + 1)]);
    }

    /// <summary>The index of the first score from a threshold on.</summary>
    internal int FirstAtLeast(double threshold)
    {
        int at = Array.BinarySearch(Scores, threshold);
        return at >= 0 ? at : ~at;
    }

    /// <summary>At most about <paramref name="groups"/> groups, neighbours joined at their median score; none joins both decisions.</summary>
    internal ScoreGroups Coarse(int groups, double threshold)
    {
        if (Scores.Length <= groups)
        {
            return this;
        }

        int size = (Scores.Length + groups - 1) / groups;
        int cut = FirstAtLeast(threshold);
        var scores = new List<double>(groups + 2);
        var counts = new List<double>(groups + 2);
        for (int start = 0; start < Scores.Length;)
        {
            int end = Math.Min(start + size, start < cut ? cut : Scores.Length);
            double rows = 0;
            for (int i = start; i < end; i++)
            {
                rows += Counts[i];
            }

            scores.Add(Scores[(start + end) / 2]);
            counts.Add(rows);
            start = end;
        }

        return new ScoreGroups([.. scores], [.. counts]);
    }
}
