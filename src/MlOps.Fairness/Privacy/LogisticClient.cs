namespace MlOps.Fairness.Privacy;

/// <summary>Clients that train a logistic regression at home by gradient descent.</summary>
/// <remarks>The parameters are the d weights, then the intercept: <c>p = 1 / (1 + exp(−(w · x + w_d)))</c>. Each step goes against the gradient of the mean log loss of a batch.</remarks>
public static class LogisticClient
{
    /// <summary>Makes a client.</summary>
    /// <param name="name">Who it is.</param>
    /// <param name="x">n rows of d finite features each, on a common scale.</param>
    /// <param name="y">n truth values.</param>
    /// <param name="epochs">How often it sees its rows in a round, ≥ 1.</param>
    /// <param name="learningRate">&gt; 0.</param>
    /// <param name="batchSize">Rows of a step, ≥ 1; all rows when null, which makes a round with one epoch a step of plain gradient descent.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, or a feature is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public static FederatedClient Of(string name, IReadOnlyList<double[]> x, IReadOnlyList<bool> y, int epochs = 1, double learningRate = 0.1, int? batchSize = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Guard.AtLeast(epochs, 1);
        Guard.Positive(learningRate);
        int batch = Guard.AtLeast(batchSize ?? x.Count, 1, nameof(batchSize));
        if (x.Count == 0 || x.Count != y.Count || x.Any(row => row.Length != x[0].Length || !Array.TrueForAll(row, double.IsFinite)))
        {
            throw new ArgumentException($"Client '{name}' needs rows of equal length with finite features and a label each; it has {x.Count} rows and {y.Count} labels.", nameof(x));
        }

        return new FederatedClient(name, x.Count, (shared, random) => Train([.. shared], x, y, epochs, learningRate, batch, random));
    }

    /// <summary>The probability of true for every row.</summary>
    /// <param name="parameters">d weights, then the intercept.</param>
    /// <param name="x">Rows of d features.</param>
    public static double[] Probabilities(IReadOnlyList<double> parameters, IReadOnlyList<double[]> x)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(x);
        double[] w = [.. parameters];
        return [.. x.Select(row => Probability(w, row))];
    }

    private static double[] Train(double[] w, IReadOnlyList<double[]> x, IReadOnlyList<bool> y, int epochs, double learningRate, int batch, Random random)
    {
        int d = x[0].Length;
        if (w.Length != d + 1)
        {
            throw new ArgumentException($"{d} features need {d + 1} parameters; the shared ones are {w.Length}.", nameof(w));
        }

        int[] order = [.. Enumerable.Range(0, x.Count)];
        var gradient = new double[w.Length];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            if (batch < order.Length)
            {
                random.Shuffle(order);
            }

            for (int start = 0; start < order.Length; start += batch)
            {
                ReadOnlySpan<int> rows = order.AsSpan(start, Math.Min(batch, order.Length - start));
                Array.Clear(gradient);
                foreach (int row in rows)
                {
                    double error = Probability(w, x[row]) - (y[row] ? 1 : 0);
                    for (int j = 0; j < d; j++)
                    {
                        gradient[j] += error * x[row][j];
                    }

                    gradient[d] += error;
                }

                for (int j = 0; j < w.Length; j++)
                {
                    w[j] -= learningRate * gradient[j] / rows.Length;
                }
            }
        }

        return w;
    }

    private static double Probability(double[] w, double[] row)
    {
        double score = w[^1];
        for (int j = 0; j < row.Length; j++)
        {
            score += w[j] * row[j];
        }

        return 1 / (1 + Math.Exp(-score));
    }
}
