namespace MlOps.Learning.Metrics;

/// <summary>Both classes counted from the highest score down: what every curve over thresholds is drawn from.</summary>
/// <remarks>One entry a distinct score. Counts are exact; with weights they are sums, added in the order of the scores.</remarks>
internal sealed class RankedScores
{
    private RankedScores(double[] thresholds, double[] truePositives, double[] falsePositives) =>
        (Thresholds, TruePositives, FalsePositives) = (thresholds, truePositives, falsePositives);

    /// <summary>Gets the distinct scores, highest first.</summary>
    internal double[] Thresholds { get; }

    /// <summary>Gets how many (or how much weight) of the true cases score at least the threshold.</summary>
    internal double[] TruePositives { get; }

    /// <summary>Gets how many (or how much weight) of the false cases score at least the threshold.</summary>
    internal double[] FalsePositives { get; }

    internal double Positives => TruePositives[^1];

    internal double Negatives => FalsePositives[^1];

    /// <exception cref="ArgumentException">No row, unequal lengths, a score not finite, or all weights 0.</exception>
    internal static RankedScores Of(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        int n = MetricInputs.Rows(truth.Length, scores.Length, nameof(scores));
        MetricInputs.Finite(scores, nameof(scores));
        MetricInputs.Weights(weights, n);
        return weights.IsEmpty ? Counted(truth, scores) : Weighted(truth, scores, weights);
    }

    /// <summary>The scores of either class, ascending: the positive ones first in the array, the negative ones after them.</summary>
    internal static double[] SortedByClass(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, out int positives)
    {
        double[] sorted = GC.AllocateUninitializedArray<double>(truth.Length);
        int next = 0, last = truth.Length - 1;
        for (int i = 0; i < truth.Length; i++)
        {
            sorted[next] = scores[i]; // written to both ends of what is still free, kept at one: no branch to mispredict
            sorted[last] = scores[i];
            next += truth[i] ? 1 : 0;
            last -= truth[i] ? 0 : 1;
        }

        RadixSort.Sort(sorted.AsSpan(0, next));
        RadixSort.Sort(sorted.AsSpan(next));
        positives = next;
        return sorted;
    }

    private static RankedScores Counted(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores)
    {
        double[] sorted = SortedByClass(truth, scores, out int count);
        ReadOnlySpan<double> positives = sorted.AsSpan(0, count);
        ReadOnlySpan<double> negatives = sorted.AsSpan(count);
        var thresholds = new double[truth.Length];
        var truePositives = new double[truth.Length];
        var falsePositives = new double[truth.Length];
        int distinct = 0;
        int p = positives.Length - 1, q = negatives.Length - 1;
        while (p >= 0 || q >= 0)
        {
            double threshold = q < 0 || (p >= 0 && positives[p] > negatives[q]) ? positives[p] : negatives[q];
            while (p >= 0 && positives[p] == threshold)
            {
                p--;
            }

            while (q >= 0 && negatives[q] == threshold)
            {
                q--;
            }

            thresholds[distinct] = threshold;
            truePositives[distinct] = positives.Length - 1 - p;
            falsePositives[distinct] = negatives.Length - 1 - q;
            distinct++;
        }

        return distinct == truth.Length
            ? new RankedScores(thresholds, truePositives, falsePositives)
            : new RankedScores(thresholds[..distinct], truePositives[..distinct], falsePositives[..distinct]);
    }

    private static RankedScores Weighted(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        var kept = new int[truth.Length];
        int n = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            kept[n] = i;
            n += weights[i] > 0 ? 1 : 0; // a row without weight must not add a threshold
        }

        double[] sorted = new double[n];
        for (int i = 0; i < n; i++)
        {
            sorted[i] = -scores[kept[i]];
        }

        Array.Sort(sorted, kept, 0, n);
        var thresholds = new List<double>(n);
        var truePositives = new List<double>(n);
        var falsePositives = new List<double>(n);
        double positive = 0, negative = 0;
        for (int i = 0; i < n; i++)
        {
            positive += truth[kept[i]] ? weights[kept[i]] : 0;
            negative += truth[kept[i]] ? 0 : weights[kept[i]];
            if (i == n - 1 || sorted[i + 1] != sorted[i])
            {
                thresholds.Add(scores[kept[i]]);
                truePositives.Add(positive);
                falsePositives.Add(negative);
            }
        }

        return new RankedScores([.. thresholds], [.. truePositives], [.. falsePositives]);
    }
}
