namespace MlOps.Learning.Bayes;

/// <summary>Naive Bayes with normal features: every class has a mean and a variance for each feature, taken to be independent.</summary>
/// <remarks>
/// <c>P(k | x) ∝ πₖ Πⱼ N(xⱼ; θₖⱼ, σ²ₖⱼ)</c>, π the share of the class, θ and σ² the weighted mean and variance (divisor: the sum of the weights) of its cases. To every variance is added
/// <c>varianceSmoothing · max over j of the variance of column j</c>, over all cases alike, so that a constant feature divides by no zero. O(n · d).
/// <para>As scikit-learn's GaussianNB. Source: G. H. John, P. Langley, "Estimating Continuous Distributions in Bayesian Classifiers", UAI 1995.</para>
/// </remarks>
/// <param name="varianceSmoothing">The share of the largest variance that is added to all, ≥ 0.</param>
public sealed class GaussianNaiveBayes(double varianceSmoothing = 1e-9) : IClassifierEstimator
{
    /// <summary>Gets the share of the largest variance that is added to all.</summary>
    public double VarianceSmoothing { get; } = Guard.NonNegative(varianceSmoothing);

    /// <inheritdoc cref="IClassifierEstimator.Fit"/>
    /// <exception cref="ArgumentException">Besides: a variance is 0 in some class even after smoothing; the message names the column.</exception>
    public GaussianNaiveBayesModel Fit(Matrix x, Labels y, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Inputs.Fit(x, y, weights);
        using FitNotice notice = FitNotice.Begin(this, x, () => [("varianceSmoothing", VarianceSmoothing)]);
        Inputs.Finite(x);
        cancellationToken.ThrowIfCancellationRequested();
        int k = y.Classes.Count;
        int d = x.ColumnCount;
        var all = new Labels(new int[y.Count], ["all"]);
        double smallest = VarianceSmoothing * Moments(x, all, null, new double[1]).Variances.Max();
        var totals = new double[k];
        (double[] means, double[] variances) = Moments(x, y, weights, totals);
        double total = totals.Sum();
        for (int i = 0; i < variances.Length; i++)
        {
            variances[i] = totals[i / d] == 0 ? 1 : variances[i] + smallest; // a class without cases has the prior 0: any law will do
            if (!(variances[i] > 0) || !double.IsFinite(variances[i]))
            {
                throw new ArgumentException(FormattableString.Invariant($"Column '{x.ColumnNames[i % d]}' has the variance {variances[i]} among the cases of class '{y.Classes[i / d]}'. Drop it, raise varianceSmoothing, or scale values that are too large."), nameof(x));
            }
        }

        progress?.Report(1);
        return notice.Fitted(new GaussianNaiveBayesModel(y.Classes, Array.ConvertAll(totals, sum => sum / total), new Matrix(k, d, means, x.ColumnNames), new Matrix(k, d, variances, x.ColumnNames)), x, y);
    }

    IClassifier IClassifierEstimator.Fit(Matrix x, Labels y, double[]? weights, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Fit(x, y, weights, progress, cancellationToken);

    /// <summary>Weighted mean and variance of every column in every class, in two passes.</summary>
    private static (double[] Means, double[] Variances) Moments(Matrix x, Labels y, double[]? weights, double[] totals)
    {
        int d = x.ColumnCount;
        var means = new double[totals.Length * d];
        var variances = new double[totals.Length * d];
        for (int i = 0; i < y.Count; i++)
        {
            double weight = weights?[i] ?? 1;
            totals[y.Codes[i]] += weight;
            FixedOrder.AddScaled(weight, x.Row(i), means.AsSpan(y.Codes[i] * d, d));
        }

        Divide(means, totals, d);
        for (int i = 0; i < y.Count; i++)
        {
            int at = y.Codes[i] * d;
            FixedOrder.AddScaledSquares(weights?[i] ?? 1, x.Row(i), means.AsSpan(at, d), variances.AsSpan(at, d));
        }

        Divide(variances, totals, d);
        return (means, variances);
    }

    private static void Divide(double[] sums, double[] totals, int d)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = totals[i / d] == 0 ? 0 : sums[i] / totals[i / d];
        }
    }
}
