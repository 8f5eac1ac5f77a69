namespace MlOps.Drift.Estimation;

/// <summary>Scores with labels, ascending, one entry a distinct score.</summary>
internal sealed class LabelledScores
{
    /// <summary>Scores closer than this count as one, as in scikit-learn's isotonic regression (the resolution of a double near 1).</summary>
    internal const double Resolution = 1e-15;

    private LabelledScores(double[] scores, double[] counts, double[] positives) => (Scores, Counts, Positives) = (scores, counts, positives);

    internal double[] Scores { get; }

    /// <summary>Gets the rows of each score.</summary>
    internal double[] Counts { get; }

    /// <summary>Gets how many of them are true.</summary>
    internal double[] Positives { get; }

    internal double Total => Counts.Sum();

    internal double TotalPositives => Positives.Sum();

    /// <summary>Sorts either class by itself, which needs no indices, and merges.</summary>
    internal static LabelledScores Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        double[] sorted = SortedByClass(scores, labels, out int positives);
        ReadOnlySpan<double> yes = sorted.AsSpan(0, positives);
        ReadOnlySpan<double> no = sorted.AsSpan(positives);
        double[] distinct = GC.AllocateUninitializedArray<double>(scores.Length);
        double[] counts = GC.AllocateUninitializedArray<double>(scores.Length);
        double[] hits = GC.AllocateUninitializedArray<double>(scores.Length);
        int used = -1, i = 0, j = 0;
        double current = double.NegativeInfinity;
        while (i < yes.Length || j < no.Length)
        {
            double nextYes = i < yes.Length ? yes[i] : double.PositiveInfinity;
            double nextNo = j < no.Length ? no[j] : double.PositiveInfinity;
            int positive = nextYes <= nextNo ? 1 : 0;
            double score = Math.Min(nextYes, nextNo);
            i += positive;
            j += 1 - positive;
            if (score - current >= Resolution)
            {
                (current, used) = (score, used + 1);
                (distinct[used], counts[used], hits[used]) = (score, 1, positive);
            }
            else
            {
                counts[used]++;
                hits[used] += positive;
            }
        }

        return Kept(distinct, counts, hits, used + 1);
    }

    /// <summary>The scores of either class, ascending: the true rows first, the false ones after them.</summary>
    internal static double[] SortedByClass(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, out int positives)
    {
        double[] sorted = GC.AllocateUninitializedArray<double>(scores.Length);
        int next = 0, last = scores.Length - 1;
        for (int i = 0; i < scores.Length; i++)
        {
            sorted[next] = scores[i]; // written to both ends of what is still free, kept at one: no branch to mispredict
            sorted[last] = scores[i];
            next += labels[i] ? 1 : 0;
            last -= labels[i] ? 0 : 1;
        }

        RadixSort.Sort(sorted.AsSpan(0, next));
        RadixSort.Sort(sorted.AsSpan(next));
        positives = next;
        return sorted;
    }

    /// <summary>As many rows, drawn from these with replacement. Scores that were not drawn are left out.</summary>
    internal LabelledScores Resample(Random random)
    {
        int rows = (int)Total;
        int[] firstRow = new int[Scores.Length + 1];
        for (int g = 0; g < Scores.Length; g++)
        {
            firstRow[g + 1] = firstRow[g] + (int)Counts[g];
        }

        int[] owner = new int[rows];
        for (int g = 0; g < Scores.Length; g++)
        {
            owner.AsSpan(firstRow[g], (int)Counts[g]).Fill(g);
        }

        double[] counts = new double[Scores.Length];
        double[] positives = new double[Scores.Length];
        for (int draw = 0; draw < rows; draw++)
        {
            int row = random.Next(rows);
            int g = owner[row];
            counts[g]++;
            positives[g] += row - firstRow[g] < Positives[g] ? 1 : 0;
        }

        return new LabelledScores(Scores, counts, positives).WithoutEmpty();
    }

    /// <summary>The same rows under a rising function of the score.</summary>
    internal LabelledScores Mapped(Func<double, double> score) => new(Array.ConvertAll(Scores, s => score(s)), Counts, Positives);

    private LabelledScores WithoutEmpty()
    {
        int kept = 0;
        double[] scores = new double[Scores.Length];
        for (int g = 0; g < Scores.Length; g++)
        {
            if (Counts[g] > 0)
            {
                (scores[kept], Counts[kept], Positives[kept]) = (Scores[g], Counts[g], Positives[g]);
                kept++;
            }
        }

        return Kept(scores, Counts, Positives, kept);
    }

    private static LabelledScores Kept(double[] scores, double[] counts, double[] positives, int kept) => kept == scores.Length
        ? new LabelledScores(scores, counts, positives)
        : new LabelledScores(scores[..kept], counts[..kept], positives[..kept]);
}
