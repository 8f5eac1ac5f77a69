namespace MlOps.Learning.Metrics;

/// <summary>Area under the ROC curve: the chance that a case of the class scores higher than one of the others.</summary>
/// <remarks>
/// <c>AUC = P(s⁺ &gt; s⁻) + ½ P(s⁺ = s⁻)</c> over all pairs of a positive and a negative row; the Mann–Whitney U divided by the number of
/// pairs. Range [0, 1]; 0.5 is chance, below 0.5 the scores point the wrong way. Depends on the order of the scores alone. NaN if a class has
/// no row (scikit-learn raises an error). Without weights the pairs are counted exactly. O(n).
/// <para>Sources: J. A. Hanley, B. J. McNeil, Radiology 143 (1982) 29–36; D. J. Hand, R. J. Till, Machine Learning 45 (2001) 171–186 (one against one).</para>
/// </remarks>
public static class RocAuc
{
    /// <summary>Measures how well scores separate two classes.</summary>
    /// <param name="truth">Which rows are of the positive class: n ≥ 1.</param>
    /// <param name="scores">A finite score for every row, higher where the positive class is likelier; a probability or any other.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <returns>The area in [0, 1]; NaN if all rows that count are of one class.</returns>
    /// <exception cref="ArgumentException">No row, unequal lengths, a score not finite, or all weights 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static double Compute(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights = default)
    {
        if (!weights.IsEmpty)
        {
            return Area(RankedScores.Of(truth, scores, weights));
        }

        MetricInputs.Rows(truth.Length, scores.Length, nameof(scores));
        MetricInputs.Finite(scores, nameof(scores));
        double[] sorted = RankedScores.SortedByClass(truth, scores, out int count);
        ReadOnlySpan<double> positives = sorted.AsSpan(0, count);
        ReadOnlySpan<double> negatives = sorted.AsSpan(count);
        long won = 0; // in half pairs, so that a tie is a whole number too
        int below = 0, notAbove = 0;
        foreach (double score in positives)
        {
            while (below < negatives.Length && negatives[below] < score)
            {
                below++;
            }

            notAbove = Math.Max(notAbove, below);
            while (notAbove < negatives.Length && negatives[notAbove] == score)
            {
                notAbove++;
            }

            won += below + notAbove;
        }

        return won / (2.0 * positives.Length * negatives.Length);
    }

    /// <summary>Measures how well scores separate k classes.</summary>
    /// <param name="truth">The true classes.</param>
    /// <param name="scores">n rows × one column a class, finite; matched by name where columns are named after classes, else by position.</param>
    /// <param name="scheme">Each class against the rest, or each pair of classes.</param>
    /// <param name="average">How the areas become one. Micro (all n · k decisions pooled) needs <see cref="MultiClassScheme.OneVsRest"/>.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <returns>The area in [0, 1]. Classes without a row are left out; NaN if fewer than two have one.</returns>
    /// <remarks>One against rest: weighted by the share of the class. One against one: for each pair, both columns judge the rows of the
    /// two classes, and the mean of both areas counts; weighted by the share of the pair. As scikit-learn's <c>roc_auc_score</c>.</remarks>
    /// <exception cref="ArgumentException">No row, unequal lengths, columns that fit no class, a score not finite, all weights 0, or micro with one against one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static double Compute(
        Labels truth,
        Matrix scores,
        MultiClassScheme scheme = MultiClassScheme.OneVsRest,
        Average average = Average.Macro,
        ReadOnlySpan<double> weights = default)
    {
        int[] columns = MetricInputs.ColumnsOf(truth, scores, nameof(scores));
        MetricInputs.Finite(scores.Values, nameof(scores));
        MetricInputs.Weights(weights, truth.Count);
        double[] mass = new double[truth.Classes.Count];
        for (int i = 0; i < truth.Count; i++)
        {
            mass[truth.Codes[i]] += weights.IsEmpty ? 1 : weights[i];
        }

        int[] present = [.. Enumerable.Range(0, mass.Length).Where(c => mass[c] > 0)];
        if (present.Length < 2)
        {
            return double.NaN;
        }

        return (scheme, average) switch
        {
            (MultiClassScheme.OneVsRest, Average.Micro) => Pooled(truth, scores, columns, weights),
            (MultiClassScheme.OneVsRest, _) => AgainstRest(truth, scores, columns, weights, present, average == Average.Weighted ? mass : null),
            (MultiClassScheme.OneVsOne, Average.Micro) => throw new ArgumentException("One against one has no micro average; use macro or weighted.", nameof(average)),
            (MultiClassScheme.OneVsOne, _) => AgainstEach(truth, scores, columns, weights, present, average == Average.Weighted ? mass : null),
            _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "Unknown scheme."),
        };
    }

    /// <summary>The area under the curve by trapezoids, which give a tie its half.</summary>
    internal static double Area(RankedScores ranked)
    {
        double area = 0, before = 0, found = 0;
        for (int i = 0; i < ranked.Thresholds.Length; i++)
        {
            area += (ranked.FalsePositives[i] - before) * (ranked.TruePositives[i] + found) / 2;
            (before, found) = (ranked.FalsePositives[i], ranked.TruePositives[i]);
        }

        return area / ranked.Positives / ranked.Negatives;
    }

    private static double AgainstRest(Labels truth, Matrix scores, int[] columns, ReadOnlySpan<double> weights, int[] present, double[]? mass)
    {
        double sum = 0, total = 0;
        foreach (int c in present)
        {
            double share = mass?[c] ?? 1;
            sum += share * Compute(truth.Are(truth.Classes[c]), scores.Column(columns[c]), weights);
            total += share;
        }

        return sum / total;
    }

    private static double AgainstEach(Labels truth, Matrix scores, int[] columns, ReadOnlySpan<double> weights, int[] present, double[]? mass)
    {
        double sum = 0, total = 0;
        foreach (int a in present)
        {
            foreach (int b in present.Where(b => b > a))
            {
                int[] rows = [.. Enumerable.Range(0, truth.Count).Where(i => truth.Codes[i] == a || truth.Codes[i] == b)];
                Matrix both = scores.Take(rows);
                Labels labels = truth.Take(rows);
                double[] kept = new double[weights.IsEmpty ? 0 : rows.Length];
                for (int i = 0; i < kept.Length; i++)
                {
                    kept[i] = weights[rows[i]];
                }

                double share = mass is null ? 1 : mass[a] + mass[b];
                double first = Compute(labels.Are(truth.Classes[a]), both.Column(columns[a]), kept);
                double second = Compute(labels.Are(truth.Classes[b]), both.Column(columns[b]), kept);
                sum += share * (first + second) / 2;
                total += share;
            }
        }

        return sum / total;
    }

    private static double Pooled(Labels truth, Matrix scores, int[] columns, ReadOnlySpan<double> weights)
    {
        int k = columns.Length;
        var positive = new bool[checked(truth.Count * k)];
        var pooled = new double[positive.Length];
        var repeated = new double[weights.IsEmpty ? 0 : positive.Length];
        for (int i = 0; i < truth.Count; i++)
        {
            for (int c = 0; c < k; c++)
            {
                positive[(i * k) + c] = truth.Codes[i] == c;
                pooled[(i * k) + c] = scores[i, columns[c]];
                if (repeated.Length > 0)
                {
                    repeated[(i * k) + c] = weights[i];
                }
            }
        }

        return Compute(positive, pooled, repeated);
    }
}
