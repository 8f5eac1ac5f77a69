using MlOps.Learning.Linear;

namespace MlOps.Learning.SupportVectors;

/// <summary>A fitted linear support vector machine. Its scores are distances in units of half a margin, not probabilities. It reads features rounded to float, as an exported model does.</summary>
public sealed class LinearSvmModel : IClassifier
{
    internal LinearSvmModel(IReadOnlyList<string> classes, Matrix coefficients, double[] intercepts, int epochs, bool converged)
    {
        Classes = classes;
        Coefficients = coefficients;
        Intercepts = intercepts;
        Epochs = epochs;
        Converged = converged;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => Coefficients.ColumnNames;

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets w: one row for two classes, whose scores are (−s, s), else one a class; a column a feature.</summary>
    public Matrix Coefficients { get; }

    /// <summary>Gets b, one for each row of coefficients; −∞ for a class that had no cases.</summary>
    public IReadOnlyList<double> Intercepts { get; }

    /// <summary>Gets the passes over the cases; of the plane that took most.</summary>
    public int Epochs { get; }

    /// <summary>Gets a value indicating whether every plane reached the tolerance. If not, scale the columns or allow more passes.</summary>
    public bool Converged { get; }

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
