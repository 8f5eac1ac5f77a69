namespace MlOps.Learning.Linear;

/// <summary>A fitted logistic regression.</summary>
/// <remarks>One row of coefficients, z = x·w + b: <c>P(class 1) = 1 / (1 + exp(−z))</c>. One row a class: <c>P(class k) = exp(zₖ) / Σ exp(z)</c>.</remarks>
public sealed class LogisticRegressionModel : IProbabilisticClassifier
{
    internal LogisticRegressionModel(IReadOnlyList<string> classes, Matrix coefficients, double[] intercepts, int iterations, bool converged)
    {
        Classes = classes;
        Coefficients = coefficients;
        Intercepts = intercepts;
        Iterations = iterations;
        Converged = converged;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames => Coefficients.ColumnNames;

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets w: one row for two classes, else one a class; a column a feature. The change of the log-odds per unit of the feature.</summary>
    public Matrix Coefficients { get; }

    /// <summary>Gets b, one for each row of coefficients. With one a class they add up to 0; −∞ for a class that had no cases, whose probability is 0.</summary>
    public IReadOnlyList<double> Intercepts { get; }

    /// <summary>Gets the number of steps taken.</summary>
    public int Iterations { get; }

    /// <summary>Gets a value indicating whether the fit reached its tolerance. If not: raise the number of iterations or the penalty.</summary>
    public bool Converged { get; }

    /// <inheritdoc/>
    public Matrix PredictProbabilities(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        double[] scores = LinearScores.Of(x, Coefficients, Intercepts);
        var probabilities = new double[x.RowCount * Classes.Count];
        for (int i = 0; i < x.RowCount; i++)
        {
            Span<double> row = probabilities.AsSpan(i * Classes.Count, Classes.Count);
            if (Coefficients.RowCount == 1)
            {
                row[0] = 1 / (1 + Math.Exp(scores[i]));
                row[1] = 1 / (1 + Math.Exp(-scores[i]));
            }
            else
            {
                SoftMax.Of(scores.AsSpan(i * row.Length, row.Length), row);
            }
        }

        return new Matrix(x.RowCount, Classes.Count, probabilities, Classes);
    }

    /// <inheritdoc/>
    public int[] Predict(Matrix x) => Inputs.ArgMax(PredictProbabilities(x));
}
