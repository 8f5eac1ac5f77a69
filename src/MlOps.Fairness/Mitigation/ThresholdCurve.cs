namespace MlOps.Fairness.Mitigation;

/// <summary>What every threshold does to one group: from +∞, which takes nobody, down to −∞, which takes everybody.</summary>
internal sealed class ThresholdCurve
{
    private ThresholdCurve(string group, int positives, int negatives, double[] scores, double[] thresholds, int[] truePositives, int[] falsePositives)
    {
        Group = group;
        Positives = positives;
        Negatives = negatives;
        Scores = scores;
        Thresholds = thresholds;
        TruePositives = truePositives;
        FalsePositives = falsePositives;
    }

    internal string Group { get; }

    internal int Positives { get; }

    internal int Negatives { get; }

    internal int Total => Positives + Negatives;

    /// <summary>Gets the distinct scores, descending: threshold k + 1 lies just below score k.</summary>
    internal double[] Scores { get; }

    /// <summary>Gets the thresholds, descending, midway between distinct scores; one more than <see cref="Scores"/>.</summary>
    internal double[] Thresholds { get; }

    internal int[] TruePositives { get; }

    internal int[] FalsePositives { get; }

    /// <summary>One curve a group that has rows, in the order of the groups.</summary>
    internal static ThresholdCurve[] Of(ReadOnlySpan<bool> labels, ReadOnlySpan<double> scores, Groups groups)
    {
        ReadOnlySpan<int> codes = groups.Codes;
        var ends = new int[groups.Count * 2]; // bucket 2g: negatives of g, 2g + 1: its positives
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] >= 0)
            {
                ends[(codes[i] * 2) + (labels[i] ? 1 : 0)]++;
            }
        }

        var starts = new int[ends.Length];
        int placed = 0;
        for (int b = 0; b < ends.Length; b++)
        {
            (starts[b], ends[b], placed) = (placed, placed, placed + ends[b]);
        }

        var sorted = new double[placed];
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] >= 0)
            {
                sorted[ends[(codes[i] * 2) + (labels[i] ? 1 : 0)]++] = scores[i];
            }
        }

        var curves = new List<ThresholdCurve>();
        for (int g = 0; g < groups.Count; g++)
        {
            Span<double> negatives = sorted.AsSpan(starts[2 * g], ends[2 * g] - starts[2 * g]);
            Span<double> positives = sorted.AsSpan(starts[(2 * g) + 1], ends[(2 * g) + 1] - starts[(2 * g) + 1]);
            if (negatives.Length + positives.Length > 0)
            {
                RadixSort.Sort(negatives);
                RadixSort.Sort(positives);
                curves.Add(Walk(groups.Names[g], positives, negatives));
            }
        }

        return [.. curves];
    }

    /// <summary>The threshold between two scores: every score of at least <paramref name="upper"/> is above it, <paramref name="lower"/> is not.</summary>
    internal static double Between(double upper, double lower)
    {
        double middle = (upper / 2) + (lower / 2); // halves first: the sum of two large scores would overflow
        return middle < upper && middle >= lower ? middle : lower; // neighbouring doubles have no middle
    }

    private static ThresholdCurve Walk(string group, ReadOnlySpan<double> positives, ReadOnlySpan<double> negatives)
    {
        var scores = new List<double>(positives.Length + negatives.Length);
        var truePositives = new List<int>(positives.Length + negatives.Length + 1) { 0 };
        var falsePositives = new List<int>(positives.Length + negatives.Length + 1) { 0 };
        int p = positives.Length - 1;
        int q = negatives.Length - 1;
        while (p >= 0 || q >= 0)
        {
            double score = q < 0 || (p >= 0 && positives[p] > negatives[q]) ? positives[p] : negatives[q];
            while (p >= 0 && positives[p] == score)
            {
                p--;
            }

            while (q >= 0 && negatives[q] == score)
            {
                q--;
            }

            scores.Add(score);
            truePositives.Add(positives.Length - 1 - p);
            falsePositives.Add(negatives.Length - 1 - q);
        }

        var thresholds = new double[scores.Count + 1];
        thresholds[0] = double.PositiveInfinity;
        for (int k = 1; k < scores.Count; k++)
        {
            thresholds[k] = Between(scores[k - 1], scores[k]);
        }

        thresholds[^1] = double.NegativeInfinity;
        return new ThresholdCurve(group, positives.Length, negatives.Length, [.. scores], thresholds, [.. truePositives], [.. falsePositives]);
    }
}
