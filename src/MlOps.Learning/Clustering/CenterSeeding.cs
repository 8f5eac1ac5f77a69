namespace MlOps.Learning.Clustering;

/// <summary>Chooses the first centres among the rows: k-means++ with several candidates a centre.</summary>
/// <remarks>
/// Each next centre is drawn with a chance proportional to the weighted squared distance to the nearest centre so far; of 2 + ln k candidates the
/// one that leaves the least sum of distances is kept. Source: D. Arthur, S. Vassilvitskii, "k-means++: The Advantages of Careful Seeding" (2007),
/// the candidates after their section 6.
/// </remarks>
internal static class CenterSeeding
{
    private const int Block = 32; // rows whose distances are computed together

    /// <summary>k × d centres, each a row of x.</summary>
    /// <exception cref="ArgumentException">Fewer than k different rows count.</exception>
    internal static double[] PlusPlus(Matrix x, double[]? weights, int k, Random random)
    {
        int d = x.ColumnCount;
        int chunks = RowChunks.Count(x.RowCount, 1);
        var centers = new double[k * d];
        var nearest = new double[x.RowCount]; // squared distance to the nearest centre so far, times the weight
        var sums = new double[chunks];
        for (int i = 0; i < nearest.Length; i++)
        {
            nearest[i] = weights?[i] ?? 1; // the first centre is drawn by weight alone
        }

        for (int chunk = 0; chunk < chunks; chunk++)
        {
            sums[chunk] = Sum(nearest.AsSpan(RowChunks.Start(x.RowCount, chunks, chunk)..RowChunks.Start(x.RowCount, chunks, chunk + 1)));
        }

        int candidates = 2 + (int)Math.Log(k);
        for (int c = 0; c < k; c++)
        {
            if (sums.Sum() <= 0)
            {
                throw new ArgumentException($"There are only {c} different rows that count; {k} clusters need as many. Ask for fewer clusters.", nameof(x));
            }

            int[] drawn = new int[c == 0 ? 1 : candidates];
            for (int t = 0; t < drawn.Length; t++)
            {
                drawn[t] = Draw(nearest, sums, random.NextDouble());
            }

            (int best, sums) = Choose(x, weights, nearest, drawn, chunks, isFirst: c == 0);
            x.Row(best).CopyTo(centers.AsSpan(c * d));
        }

        return centers;
    }

    /// <summary>Tries each candidate as the next centre and keeps the best: its row, and the sums of distances with it.</summary>
    private static (int Row, double[] Sums) Choose(Matrix x, double[]? weights, double[] nearest, int[] drawn, int chunks, bool isFirst)
    {
        int d = x.ColumnCount;
        var table = new CenterTable(x.Take(drawn).Values, d);
        var sums = new double[drawn.Length][];
        for (int t = 0; t < sums.Length; t++)
        {
            sums[t] = new double[chunks];
        }

        RowChunks.Run(x.RowCount, chunks, (chunk, from, to) =>
        {
            Span<double> distances = stackalloc double[Block * table.PaddedCount];
            Span<double> totals = stackalloc double[table.PaddedCount];
            totals.Clear();
            for (int start = from; start < to; start += Block)
            {
                int count = Math.Min(Block, to - start);
                table.Distances(x.Values.Slice(start * d, count * d), distances);
                for (int i = 0; i < count; i++)
                {
                    double weight = weights?[start + i] ?? 1;
                    double most = isFirst ? double.PositiveInfinity : nearest[start + i];
                    ReadOnlySpan<double> ofRow = distances.Slice(i * totals.Length, totals.Length);
                    for (int t = 0; t < drawn.Length; t++)
                    {
                        totals[t] += Math.Min(most, weight * ofRow[t]);
                    }
                }
            }

            for (int t = 0; t < drawn.Length; t++)
            {
                sums[t][chunk] = totals[t];
            }
        });

        int best = 0;
        for (int t = 1; t < drawn.Length; t++)
        {
            best = sums[t].Sum() < sums[best].Sum() ? t : best;
        }

        var chosen = new CenterTable(x.Row(drawn[best]), d);
        RowChunks.Run(x.RowCount, chunks, (_, from, to) =>
        {
            Span<double> distances = stackalloc double[Block * chosen.PaddedCount];
            for (int start = from; start < to; start += Block)
            {
                int count = Math.Min(Block, to - start);
                chosen.Distances(x.Values.Slice(start * d, count * d), distances);
                for (int i = 0; i < count; i++)
                {
                    double distance = (weights?[start + i] ?? 1) * distances[i * chosen.PaddedCount];
                    nearest[start + i] = isFirst ? distance : Math.Min(nearest[start + i], distance);
                }
            }
        });
        return (drawn[best], sums[best]);
    }

    /// <summary>The row at which the running sum of distances passes a share of the whole.</summary>
    private static int Draw(double[] nearest, double[] sums, double share)
    {
        double left = share * sums.Sum();
        int chunk = 0;
        while (chunk < sums.Length - 1 && left >= sums[chunk])
        {
            left -= sums[chunk++];
        }

        int last = -1;
        for (int i = RowChunks.Start(nearest.Length, sums.Length, chunk); i < nearest.Length; i++)
        {
            if (nearest[i] > 0)
            {
                last = i;
                left -= nearest[i];
                if (left < 0)
                {
                    return i;
                }
            }
        }

        return last >= 0 ? last : Array.FindLastIndex(nearest, distance => distance > 0); // rounding left a crumb of the share over
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
