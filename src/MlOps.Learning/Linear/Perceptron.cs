namespace MlOps.Learning.Linear;

/// <summary>Rosenblatt's perceptron: learns from its mistakes only, one case at a time.</summary>
/// <remarks>
/// For every case, in an order shuffled anew each epoch, the class with the highest score <c>wₖ·x + bₖ</c> is guessed. When that is wrong, the weight of the case
/// times x is added to the true class's w (times 1 to its b) and taken from the guessed one's. If a plane separates the classes, the mistakes stop after at most <c>(R / γ)²</c> of them, R the
/// largest length of a case, γ the margin; otherwise they never do. Not a probability, and no unique answer: the last w depends on the order.
/// <para>Sources: F. Rosenblatt, "The Perceptron", Psychological Review 65 (1958); A. B. Novikoff, "On Convergence Proofs for Perceptrons" (1962);
/// R. O. Duda, P. E. Hart, Pattern Classification (1973), section 5.12, for several classes.</para>
/// </remarks>
/// <param name="maxEpochs">Passes over the cases at most, ≥ 1; an epoch without a mistake ends the fit.</param>
/// <param name="seed">Of the order of the cases.</param>
public sealed class Perceptron(int maxEpochs = 100, int seed = 0) : IClassifierEstimator
{
    /// <summary>Gets the largest number of passes over the cases.</summary>
    public int MaxEpochs { get; } = Guard.AtLeast(maxEpochs, 1);

    /// <summary>Gets the seed of the order of the cases.</summary>
    public int Seed { get; } = seed;

    /// <inheritdoc cref="IClassifierEstimator.Fit"/>
    public PerceptronModel Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () => [("maxEpochs", MaxEpochs), ("seed", Seed)]);
        Inputs.Finite(x);
        int d = x.ColumnCount;
        var classes = new PresentClasses(y, weights);
        var w = new double[classes.Count * d];
        var b = new double[classes.Count];
        int[] order = [.. Enumerable.Range(0, y.Count).Where(i => weights is null || weights[i] > 0)];
        var mistakes = new List<int>();
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            Seeds.Generator(Seed, mistakes.Count).Shuffle(order);
            mistakes.Add(Epoch(order));
            progress?.Report((double)mistakes.Count / MaxEpochs);
        }
        while (mistakes[^1] > 0 && mistakes.Count < MaxEpochs);

        if (!double.IsFinite(w.Sum(Math.Abs)))
        {
            throw new DivergenceException("perceptron", mistakes.Count, double.NaN, "The values are too large to be added up: scale the columns first.");
        }

        (w, b) = classes.Count == 2 ? (w[d..], b[1..]) : (w, b); // of two, the first is the second's mirror image
        (w, b) = classes.Spread(y.Classes.Count, d, w, b, first: -1);
        return notice.Fitted(new PerceptronModel(y.Classes, new Matrix(b.Length, d, w, x.ColumnNames), b, [.. mistakes]), x, y);

        int Epoch(int[] cases)
        {
            int wrong = 0;
            foreach (int i in cases)
            {
                ReadOnlySpan<double> row = x.Row(i);
                int guess = 0;
                double best = double.NegativeInfinity;
                for (int k = 0; k < b.Length; k++)
                {
                    double score = b[k] + FixedOrder.Dot(w.AsSpan(k * d, d), row);
                    (guess, best) = score > best ? (k, score) : (guess, best);
                }

                int truth = classes.Numbers[i];
                if (guess == truth)
                {
                    continue;
                }

                wrong++;
                double step = weights?[i] ?? 1;
                FixedOrder.AddScaled(step, row, w.AsSpan(truth * d, d));
                FixedOrder.AddScaled(-step, row, w.AsSpan(guess * d, d));
                b[truth] += step;
                b[guess] -= step;
            }

            return wrong;
        }
    }

    IClassifier IClassifierEstimator.Fit(Matrix x, Labels y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);
}
