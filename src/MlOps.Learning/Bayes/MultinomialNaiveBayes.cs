namespace MlOps.Learning.Bayes;

/// <summary>Naive Bayes for counts, such as words of a text: every class draws its features from an urn of its own.</summary>
/// <remarks>
/// <c>P(k | x) ∝ πₖ Πⱼ θₖⱼ^xⱼ</c>, <c>θₖⱼ = (Nₖⱼ + α) / (Nₖ + α d)</c>, Nₖⱼ the weighted sum of feature j in class k, Nₖ that of all features, π the share of the class.
/// Fractions are allowed as counts. O(n · d).
/// <para>As scikit-learn's MultinomialNB. Source: C. D. Manning, P. Raghavan, H. Schütze, Introduction to Information Retrieval (2008), section 13.2.</para>
/// </remarks>
/// <param name="alpha">α &gt; 0, added to every count so that an unseen feature does not rule a class out; 1 is Laplace's rule.</param>
public sealed class MultinomialNaiveBayes(double alpha = 1) : IClassifierEstimator
{
    /// <summary>Gets α, what is added to every count.</summary>
    public double Alpha { get; } = Guard.Positive(alpha);

    /// <inheritdoc cref="IClassifierEstimator.Fit"/>
    /// <exception cref="ArgumentException">Besides: a feature is negative; the message names row and column.</exception>
    public MultinomialNaiveBayesModel Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () => [("alpha", Alpha)]);
        NonNegative(x);
        cancellationToken.ThrowIfCancellationRequested();
        int k = y.Classes.Count;
        int d = x.ColumnCount;
        var counts = new double[k * d];
        var totals = new double[k];
        for (int i = 0; i < y.Count; i++)
        {
            double weight = weights?[i] ?? 1;
            totals[y.Codes[i]] += weight;
            FixedOrder.AddScaled(weight, x.Row(i), counts.AsSpan(y.Codes[i] * d, d));
        }

        double all = totals.Sum();
        var logs = new double[counts.Length];
        for (int c = 0; c < k; c++)
        {
            double sum = Alpha * d;
            foreach (double count in counts.AsSpan(c * d, d))
            {
                sum += count;
            }

            for (int j = 0; j < d; j++)
            {
                logs[(c * d) + j] = Math.Log((counts[(c * d) + j] + Alpha) / sum);
            }
        }

        progress?.Report(1);
        return notice.Fitted(new MultinomialNaiveBayesModel(y.Classes, Array.ConvertAll(totals, total => total / all), new Matrix(k, d, logs, x.ColumnNames)), x, y);
    }

    IClassifier IClassifierEstimator.Fit(Matrix x, Labels y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);

    internal static void NonNegative(Matrix x)
    {
        Inputs.Finite(x);
        int i = x.Values.IndexOfAnyExceptInRange(0, double.MaxValue);
        if (i >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"Row {i / x.ColumnCount} has {x.Values[i]} in column '{x.ColumnNames[i % x.ColumnCount]}'; multinomial naive Bayes takes counts, which are not negative."), nameof(x));
        }
    }
}
