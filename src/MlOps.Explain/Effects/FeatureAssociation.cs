using MlOps.Learning;

namespace MlOps.Explain.Effects;

/// <summary>Which features stand in for each other.</summary>
internal static class FeatureAssociation
{
    /// <summary>Rows that are looked at: enough to see a correlation that matters.</summary>
    private const int MostRows = 2000;

    /// <summary>Features up to which all pairs are looked at.</summary>
    private const int MostFeatures = 200;

    /// <summary>A sentence for every pair of different groups whose features go together: Spearman's correlation of numbers, Cramér's V of texts.</summary>
    internal static IReadOnlyList<string> Warnings(ExplainedModel model, Matrix x, int[][] groups, double limit)
    {
        int d = x.ColumnCount;
        if (d > MostFeatures)
        {
            return [FormattableString.Invariant($"With {d} features the pairs were not searched for correlations (at most {MostFeatures}).")];
        }

        int rows = Math.Min(MostRows, x.RowCount);
        Matrix looked = x.Take([.. Enumerable.Range(0, rows).Select(i => (int)((long)i * x.RowCount / rows))]);
        int[] group = new int[d];
        for (int g = 0; g < groups.Length; g++)
        {
            Array.ForEach(groups[g], j => group[j] = g);
        }

        double[][] columns = [.. Enumerable.Range(0, d).Select(looked.Column)];
        double[][] ranks = [.. columns.Select((column, j) => model.IsText(j) ? [] : Ranks(column))];
        var warnings = new List<string>();
        for (int a = 0; a < d; a++)
        {
            for (int b = a + 1; b < d; b++)
            {
                if (group[a] == group[b] || model.IsText(a) != model.IsText(b))
                {
                    continue;
                }

                bool texts = model.IsText(a);
                double strength = texts ? CramerV(columns[a], columns[b]) : Correlation(ranks[a], ranks[b]);
                if (Math.Abs(strength) >= limit)
                {
                    warnings.Add(FormattableString.Invariant($"{model.FeatureNames[a]} and {model.FeatureNames[b]} go together ({(texts ? "Cramér's V" : "rank correlation")} {strength:0.00}): shuffling one leaves the other to stand in for it. Put them into one group."));
                }
            }
        }

        return warnings;
    }

    /// <summary>Ranks from 1, ties their mean.</summary>
    internal static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        var ranks = new double[values.Length];
        for (int start = 0; start < order.Length;)
        {
            int end = start;
            while (end < order.Length && values[order[end]].Equals(values[order[start]]))
            {
                end++;
            }

            for (int k = start; k < end; k++)
            {
                ranks[order[k]] = (start + end + 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }

    /// <summary>Pearson's correlation; 0 where one side is constant.</summary>
    internal static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        double products = 0, squaresA = 0, squaresB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double u = a[i] - meanA;
            double v = b[i] - meanB;
            products += u * v;
            squaresA += u * u;
            squaresB += v * v;
        }

        return squaresA > 0 && squaresB > 0 ? products / Math.Sqrt(squaresA * squaresB) : 0;
    }

    /// <summary><c>√(χ² / (n · (min(r, c) − 1)))</c>; 0 where one side is constant.</summary>
    internal static double CramerV(double[] a, double[] b)
    {
        var cells = new Dictionary<(double, double), int>();
        var rowsOf = new Dictionary<double, int>();
        var columnsOf = new Dictionary<double, int>();
        for (int i = 0; i < a.Length; i++)
        {
            cells[(a[i], b[i])] = cells.GetValueOrDefault((a[i], b[i])) + 1;
            rowsOf[a[i]] = rowsOf.GetValueOrDefault(a[i]) + 1;
            columnsOf[b[i]] = columnsOf.GetValueOrDefault(b[i]) + 1;
        }

        int smaller = Math.Min(rowsOf.Count, columnsOf.Count);
        double sum = 0; // χ² / n + 1 = Σ n_ij² / (n_i n_j)
        foreach (((double row, double column), int count) in cells)
        {
            sum += (double)count * count / ((double)rowsOf[row] * columnsOf[column]);
        }

        return smaller < 2 ? 0 : Math.Sqrt(Math.Max(0, sum - 1) / (smaller - 1));
    }
}
