namespace MlOps.Charts.Statistics;

/// <summary>Which of many points are drawn. Deterministic: equal data, equal picture.</summary>
internal static class Thinning
{
    /// <summary>More points than this say nothing more to the eye and make a page slow.</summary>
    internal const int MostPoints = 5000;

    /// <summary>At most <paramref name="most"/> entries at even steps, first and last included.</summary>
    internal static T[] Evenly<T>(T[] items, int most) =>
        items.Length <= most ? items : [.. EvenIndices(items.Length, most).Select(i => items[i])];

    internal static int[] EvenIndices(int count, int most)
    {
        if (count <= most)
        {
            return [.. Enumerable.Range(0, count)];
        }

        var kept = new int[most];
        for (int i = 0; i < most; i++)
        {
            kept[i] = (int)((long)i * (count - 1) / (most - 1));
        }

        return kept;
    }

    /// <summary>The smallest and largest value of each of equal runs, in order: a spike in a long line survives.</summary>
    internal static int[] ExtremeIndices(ReadOnlySpan<double> values, int most)
    {
        if (values.Length <= most)
        {
            return EvenIndices(values.Length, most);
        }

        int runs = most / 2 - 1;
        var kept = new SortedSet<int> { 0, values.Length - 1 };
        for (int run = 0; run < runs; run++)
        {
            int from = (int)((long)run * values.Length / runs);
            int to = (int)((long)(run + 1) * values.Length / runs);
            (int low, int high) = (from, from);
            for (int i = from; i < to; i++)
            {
                // A gap must stay a gap, or the line would bridge it.
                if (double.IsNaN(values[i]))
                {
                    low = i;
                    break;
                }

                low = values[i] < values[low] ? i : low;
                high = values[i] > values[high] ? i : high;
            }

            kept.Add(low);
            kept.Add(high);
        }

        return [.. kept];
    }
}
