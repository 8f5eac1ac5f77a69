namespace MlOps.Learning.Trees;

/// <summary>Many trees at once.</summary>
internal static class TreeEnsemble
{
    private const int RowsAtATime = 256; // their features stay in the cache while the trees take turns

    /// <summary>Adds up what the trees say: n × <paramref name="outputs"/>, row by row.</summary>
    /// <remarks>A tree with one output adds to column (its number modulo <paramref name="outputs"/>), so that boosting can have a tree a class.</remarks>
    internal static double[] Sum(IReadOnlyList<Tree> trees, Matrix x, int outputs)
    {
        var sums = new double[checked(x.RowCount * outputs)];
        Parallel.For(0, (x.RowCount + RowsAtATime - 1) / RowsAtATime, block =>
        {
            int start = block * RowsAtATime;
            int count = Math.Min(RowsAtATime, x.RowCount - start);
            int width = x.ColumnCount;
            var rows = new float[count * width];
            ReadOnlySpan<double> values = x.Values.Slice(start * width, rows.Length);
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = (float)values[i];
            }

            for (int t = 0; t < trees.Count; t++)
            {
                Tree tree = trees[t];
                int step = tree.OutputCount;
                int column = step == 1 ? t % outputs : 0;
                ReadOnlySpan<double> leaves = tree.Values;
                for (int i = 0; i < count; i++)
                {
                    int leaf = tree.Find(rows.AsSpan(i * width, width)) * step;
                    int target = ((start + i) * outputs) + column;
                    for (int k = 0; k < step; k++)
                    {
                        sums[target + k] += leaves[leaf + k];
                    }
                }
            }
        });
        return sums;
    }

    /// <summary>The mean of what the trees say.</summary>
    internal static double[] Mean(IReadOnlyList<Tree> trees, Matrix x, int outputs)
    {
        double[] sums = Sum(trees, x, outputs);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] /= trees.Count;
        }

        return sums;
    }

    /// <summary>Each feature's share of the gains of a tree, averaged over the trees that split; all 0 if none does.</summary>
    internal static double[] MeanImportances(IReadOnlyList<Tree> trees, int features)
    {
        var importances = new double[features];
        foreach (Tree tree in trees)
        {
            double[] shares = Importances([tree], features);
            for (int f = 0; f < features; f++)
            {
                importances[f] += shares[f];
            }
        }

        return Shares(importances);
    }

    /// <summary>Each feature's share of the gains of all trees; all 0 if none splits.</summary>
    internal static double[] Importances(IReadOnlyList<Tree> trees, int features)
    {
        var gains = new double[features];
        foreach (Tree tree in trees)
        {
            tree.AddGains(gains);
        }

        return Shares(gains);
    }

    private static double[] Shares(double[] parts)
    {
        double total = 0;
        foreach (double part in parts)
        {
            total += part;
        }

        return total > 0 ? Array.ConvertAll(parts, part => part / total) : parts;
    }
}
