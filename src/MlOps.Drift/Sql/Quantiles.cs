namespace MlOps.Drift.Sql;

/// <summary>Some quantiles of a sample, from the order statistics on either side of each.</summary>
/// <param name="count">Values in the sample.</param>
/// <param name="ranks">Ranks from 1 to <paramref name="count"/>, rising.</param>
/// <param name="values">The value of each rank.</param>
internal sealed class Quantiles(long count, long[] ranks, double[] values)
{
    /// <summary>Gets the share of neighbouring ranks with the same value: 1 for a constant, about 0 for numbers without ties.</summary>
    internal double TieShare
    {
        get
        {
            int pairs = 0;
            int ties = 0;
            for (int i = 1; i < ranks.Length; i++)
            {
                pairs += ranks[i] == ranks[i - 1] + 1 ? 1 : 0;
                ties += ranks[i] == ranks[i - 1] + 1 && values[i] == values[i - 1] ? 1 : 0;
            }

            return pairs == 0 ? 0 : (double)ties / pairs;
        }
    }

    /// <summary>The ranks that quantiles at these shares are made of, rising.</summary>
    internal static long[] Ranks(double[] shares, long count)
    {
        var ranks = new SortedSet<long>();
        foreach (double share in shares)
        {
            long below = (long)((count - 1) * share);
            ranks.Add(below + 1);
            ranks.Add(Math.Min(below + 2, count));
        }

        return [.. ranks];
    }

    /// <summary>A quantile, as <see cref="SortedSample.Quantile"/> computes it.</summary>
    internal double At(double share)
    {
        double position = (count - 1) * share;
        long below = (long)position;
        double weight = position - below;
        double low = values[Array.BinarySearch(ranks, below + 1)];
        return weight == 0 ? low : SortedQuantile.Between(low, values[Array.BinarySearch(ranks, below + 2)], weight);
    }
}
