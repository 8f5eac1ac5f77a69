namespace MlOps.Fairness;

/// <summary>Gathers the scores of each group and measures them.</summary>
internal static class ScoreTally
{
    /// <summary>One entry a group of each grouping; rows with a missing label or score are left out.</summary>
    /// <param name="labels">1, 0, or anything else for missing.</param>
    /// <param name="scores">In [0, 1]; NaN is missing.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="bins">Equal intervals of [0, 1].</param>
    internal static GroupScores[] Of(byte[] labels, double[] scores, Groups groups, int bins)
    {
        int[] sizes = new int[groups.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            if (Counted(groups.Codes[i], labels[i], scores[i]))
            {
                sizes[groups.Codes[i]]++;
            }
        }

        (double[] Scores, byte[] Labels)[] parts = [.. sizes.Select(size => (new double[size], new byte[size]))];
        Array.Clear(sizes);
        for (int i = 0; i < scores.Length; i++)
        {
            int group = groups.Codes[i];
            if (Counted(group, labels[i], scores[i]))
            {
                parts[group].Scores[sizes[group]] = scores[i];
                parts[group].Labels[sizes[group]++] = labels[i];
            }
        }

        var measured = new GroupScores[parts.Length];
        Parallel.For(0, parts.Length, g => measured[g] = Measure(parts[g].Scores, parts[g].Labels, bins));
        return measured;
    }

    /// <summary>Refuses scores that are no probabilities.</summary>
    internal static void Check(ReadOnlySpan<double> scores, string name)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] is < 0 or > 1)
            {
                throw new ArgumentException(FormattableString.Invariant($"A score is a probability in [0, 1], or NaN where it is missing; row {i} has {scores[i]}."), name);
            }
        }
    }

    private static bool Counted(int group, byte label, double score) => group >= 0 && label <= 1 && !double.IsNaN(score);

    private static GroupScores Measure(double[] scores, byte[] labels, int bins)
    {
        Array.Sort(scores, labels); // one order for the bins and the ranks
        (double positiveSum, double negativeSum, double squares) = (0, 0, 0);
        long positives = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double miss = scores[i] - labels[i];
            squares += miss * miss;
            positiveSum += labels[i] == 1 ? scores[i] : 0;
            negativeSum += labels[i] == 1 ? 0 : scores[i];
            positives += labels[i];
        }

        long n = scores.Length;
        ScoreBin[] filled = Bins(scores, labels, bins);
        return new GroupScores(
            n,
            Mean(positiveSum + negativeSum, n),
            Mean(positiveSum, positives),
            Mean(negativeSum, n - positives),
            Auc(scores, labels, positives),
            Mean(squares, n),
            n == 0 ? null : filled.Sum(bin => (double)bin.Observed.Denominator / n * Math.Abs(bin.Observed.Value!.Value - bin.MeanScore)),
            filled);
    }

    private static double? Mean(double sum, long count) => count == 0 ? null : sum / count;

    /// <summary>Mann–Whitney from the ranks, each run of equal scores at its mean rank.</summary>
    private static double? Auc(double[] sorted, byte[] labels, long positives)
    {
        long negatives = sorted.Length - positives;
        if (positives == 0 || negatives == 0)
        {
            return null;
        }

        double wins = 0; // pairs with the positive above, ties half
        long below = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            long tiedPositives = 0;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                tiedPositives += labels[end++];
            }

            long tiedNegatives = end - start - tiedPositives;
            wins += tiedPositives * (below + (tiedNegatives / 2.0));
            below += tiedNegatives;
            start = end;
        }

        return wins / positives / negatives;
    }

    private static ScoreBin[] Bins(double[] sorted, byte[] labels, int bins)
    {
        var filled = new List<ScoreBin>();
        int start = 0;
        for (int b = 0; b < bins && start < sorted.Length; b++)
        {
            double upper = (b + 1.0) / bins;
            int end = start;
            double sum = 0;
            long positives = 0;
            for (; end < sorted.Length && sorted[end] <= upper; end++)
            {
                sum += sorted[end];
                positives += labels[end];
            }

            if (end > start)
            {
                filled.Add(new ScoreBin((double)b / bins, upper, sum / (end - start), new Rate(positives, end - start)));
            }

            start = end;
        }

        return [.. filled];
    }
}
