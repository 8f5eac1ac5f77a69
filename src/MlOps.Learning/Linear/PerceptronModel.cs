namespace MlOps.Learning.Linear;

/// <summary>A fitted perceptron. It reads features rounded to float, as an exported model does.</summary>
public sealed class PerceptronModel : IClassifier
{
    internal PerceptronModel(IReadOnlyList<string> classes, Matrix coefficients, double[] intercepts, int[] mistakes)
    {
        Classes = classes;
        Coefficients = coefficients;
        Intercepts = intercepts;
        MistakesPerEpoch = mistakes;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => Coefficients.ColumnNames;

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets w: one row for two classes, whose scores are (−s, s), else one a class; a column a feature.</summary>
    public Matrix Coefficients { get; }

    /// <summary>Gets b, one for each row of coefficients; −∞ for a class that had no cases.</summary>
    public IReadOnlyList<double> Intercepts { get; }

    /// <summary>Gets how many cases were guessed wrong, and learned from, in each epoch.</summary>
    public IReadOnlyList<int> MistakesPerEpoch { get; }

    /// <summary>Gets a value indicating whether the last epoch had no mistake, so that the planes separate the training cases.</summary>
    public bool Converged => MistakesPerEpoch[^1] == 0;

    /// <inheritdoc/>
    public Matrix Scores(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        return LinearScores.PerClass(x, Coefficients, Intercepts, Classes);
    }

    /// <inheritdoc/>
    public int[] Predict(Matrix x) => Inputs.ArgMax(Scores(x));
}
