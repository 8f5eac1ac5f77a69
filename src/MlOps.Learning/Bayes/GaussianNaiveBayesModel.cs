namespace MlOps.Learning.Bayes;

/// <summary>A fitted Gaussian naive Bayes classifier.</summary>
public sealed class GaussianNaiveBayesModel : IProbabilisticClassifier
{
    private readonly double[] _constants;

    internal GaussianNaiveBayesModel(IReadOnlyList<string> classes, double[] priors, Matrix means, Matrix variances)
    {
        Classes = classes;
        Priors = priors;
        Means = means;
        Variances = variances;
        _constants = new double[priors.Length];
        for (int k = 0; k < priors.Length; k++)
        {
            double logs = 0;
            foreach (double variance in variances.Row(k))
            {
                logs += Math.Log(2 * Math.PI * variance);
            }

            _constants[k] = Math.Log(priors[k]) - (logs / 2);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => Means.ColumnNames;

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets π, the share of every class by weight; 0 for a class without cases.</summary>
    public IReadOnlyList<double> Priors { get; }

    /// <summary>Gets θ: a row a class, a column a feature.</summary>
    public Matrix Means { get; }

    /// <summary>Gets σ² with the smoothing: a row a class, a column a feature.</summary>
    public Matrix Variances { get; }

    /// <summary>Gets <c>ln πₖ − ½ Σⱼ ln(2π σ²ₖⱼ)</c>, what a class scores at its mean.</summary>
    internal ReadOnlySpan<double> Constants => _constants;

    /// <inheritdoc/>
    public Matrix PredictProbabilities(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        int k = Classes.Count;
        var probabilities = new double[x.RowCount * k];
        for (int i = 0; i < x.RowCount; i++)
        {
            ReadOnlySpan<double> row = x.Row(i);
            Span<double> scores = probabilities.AsSpan(i * k, k);
            for (int c = 0; c < k; c++)
            {
                ReadOnlySpan<double> means = Means.Row(c);
                ReadOnlySpan<double> variances = Variances.Row(c);
                double sum = 0;
                for (int j = 0; j < row.Length; j++)
                {
                    double difference = row[j] - means[j];
                    sum += difference * difference / variances[j];
                }

                scores[c] = _constants[c] - (sum / 2);
            }

            SoftMax.Of(scores, scores);
        }

        return new Matrix(x.RowCount, k, probabilities, Classes);
    }

    /// <inheritdoc/>
    public int[] Predict(Matrix x) => Inputs.ArgMax(PredictProbabilities(x));
}
