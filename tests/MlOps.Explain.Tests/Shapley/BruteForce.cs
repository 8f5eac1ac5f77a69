namespace MlOps.Explain.Tests.Shapley;

/// <summary>Shapley values by their first definition: the mean over all orders in which the features may become known.</summary>
internal static class BruteForce
{
    internal static double[] Values(Func<double[], double> model, double[] x, double[][] background)
    {
        double Worth(bool[] known)
        {
            double sum = 0;
            foreach (double[] other in background)
            {
                sum += model([.. x.Select((value, j) => known[j] ? value : other[j])]);
            }

            return sum / background.Length;
        }

        return Values(x.Length, Worth);
    }

    internal static double[] Values(int players, Func<bool[], double> worth)
    {
        var sums = new double[players];
        int orders = 0;
        foreach (int[] order in Orders([.. Enumerable.Range(0, players)], 0))
        {
            orders++;
            var known = new bool[players];
            double before = worth(known);
            foreach (int player in order)
            {
                known[player] = true;
                double after = worth(known);
                sums[player] += after - before;
                before = after;
            }
        }

        return [.. sums.Select(sum => sum / orders)];
    }

    internal static ExplainedModel Model(int features, Func<double[], double> model, string output = "prediction") =>
        ExplainedModel.Of([.. Enumerable.Range(0, features).Select(j => $"f{j}")], x => [.. Enumerable.Range(0, x.RowCount).Select(i => model(x.Row(i).ToArray()))], output);

    internal static double[][] Rows(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => Math.Round((2 * random.NextDouble()) - 1, 3)).ToArray())];
    }

    internal static void Equal(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance = 1e-9)
    {
        Assert.Equal(expected.Count(), actual.Count());
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    internal static double[] Amounts(this Explanations explanations, int row = 0) => explanations.Amounts.Row(row).ToArray();

    private static IEnumerable<int[]> Orders(int[] order, int from)
    {
        if (from == order.Length)
        {
            yield return order;
        }

        for (int i = from; i < order.Length; i++)
        {
            (order[from], order[i]) = (order[i], order[from]);
            foreach (int[] found in Orders(order, from + 1))
            {
                yield return found;
            }

            (order[from], order[i]) = (order[i], order[from]);
        }
    }
}
