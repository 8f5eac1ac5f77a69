namespace MlOps.Learning;

/// <summary>A classifier whose scores are probabilities: each row of <see cref="IClassifier.Scores"/> adds up to 1.</summary>
public interface IProbabilisticClassifier : IClassifier
{
    /// <summary>Estimates the probability of every class: n rows × one column a class.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is not allowed.</exception>
    Matrix PredictProbabilities(Matrix x);

    Matrix IClassifier.Scores(Matrix x) => PredictProbabilities(x);
}
