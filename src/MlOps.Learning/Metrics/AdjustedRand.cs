namespace MlOps.Learning.Metrics;

/// <summary>Adjusted Rand index: do two groupings agree, beyond chance, whatever the groups are called?</summary>
/// <remarks>
/// <c>2 (tp·tn − fn·fp) / ((tp+fn)(fn+tn) + (tp+fp)(fp+tn))</c> over all ordered pairs of rows: together in both groupings (tp), apart in both (tn),
/// together in one only (fp, fn). At most 1, which is the same grouping; 0 by chance; may be negative. Symmetric. Equals scikit-learn's
/// <c>adjusted_rand_score</c>. O(n + groups).
/// <para>Source: L. Hubert, P. Arabie, "Comparing Partitions", J. Classification 2 (1985) 193–218.</para>
/// </remarks>
public static class AdjustedRand
{
    /// <summary>Compares two groupings of n rows.</summary>
    /// <param name="truth">The group of each row, any whole number: n ≥ 1 rows.</param>
    /// <param name="predicted">The other group of each row.</param>
    /// <exception cref="ArgumentException">No row, or unequal lengths.</exception>
    public static double Compute(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted)
    {
        int n = MetricInputs.Rows(truth.Length, predicted.Length, nameof(predicted));
        var both = new Dictionary<(int Truth, int Predicted), long>();
        var first = new Dictionary<int, long>();
        var second = new Dictionary<int, long>();
        for (int i = 0; i < n; i++)
        {
            both[(truth[i], predicted[i])] = both.GetValueOrDefault((truth[i], predicted[i])) + 1;
            first[truth[i]] = first.GetValueOrDefault(truth[i]) + 1;
            second[predicted[i]] = second.GetValueOrDefault(predicted[i]) + 1;
        }

        long together = both.Values.Sum(count => count * count); // pairs, each counted both ways, with the n pairs of a row with itself
        Int128 tp = together - n;
        Int128 fp = second.Values.Sum(count => count * count) - together;
        Int128 fn = first.Values.Sum(count => count * count) - together;
        Int128 tn = ((Int128)n * n) - fp - fn - together;
        return fn == 0 && fp == 0
            ? 1
            : (double)(2 * ((tp * tn) - (fn * fp))) / (double)(((tp + fn) * (fn + tn)) + ((tp + fp) * (fp + tn)));
    }
}
