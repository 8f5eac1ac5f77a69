using MlOps.Learning.Linear;

namespace MlOps.Learning.Bayes;

/// <summary>A fitted multinomial naive Bayes classifier.</summary>
public sealed class MultinomialNaiveBayesModel : IProbabilisticClassifier
{
    internal MultinomialNaiveBayesModel(IReadOnlyList<string> classes, double[] priors, Matrix logProbabilities)
    {
        Classes = classes;
        Priors = priors;
        LogProbabilities = logProbabilities;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => LogProbabilities.ColumnNames;

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets π, the share of every class by weight; 0 for a class without cases.</summary>
    public IReadOnlyList<double> Priors { get; }

    /// <summary>Gets ln θ: a row a class, a column a feature.</summary>
    public Matrix LogProbabilities { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A feature is negative.</exception>
    public Matrix PredictProbabilities(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        MultinomialNaiveBayes.NonNegative(x);
        int k = Classes.Count;
        double[] scores = LinearScores.Of(x, LogProbabilities, [.. Priors.Select(prior => Math.Log(prior))]);
        for (int i = 0; i < x.RowCount; i++)
        {
            Span<double> row = scores.AsSpan(i * k, k);
            SoftMax.Of(row, row);
        }

        return new Matrix(x.RowCount, k, scores, Classes);
    }

    /// <inheritdoc/>
    public int[] Predict(Matrix x) => Inputs.ArgMax(PredictProbabilities(x));
}
