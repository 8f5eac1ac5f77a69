namespace MlOps.Learning.Trees;

/// <summary>A fitted boosted classifier. Immutable.</summary>
public sealed class GradientBoostingClassifierModel : IProbabilisticClassifier
{
    internal GradientBoostingClassifierModel(BoostingFit fit, IReadOnlyList<string> featureNames, IReadOnlyList<string> classes)
    {
        Trees = fit.Trees;
        BaseValues = fit.BaseValues;
        TrainingLoss = fit.TrainingLoss;
        ValidationLoss = fit.ValidationLoss;
        FeatureNames = [.. featureNames];
        Classes = classes;
        FeatureImportances = TreeEnsemble.Importances(fit.Trees, featureNames.Count);
    }

    /// <summary>Gets the trees, first round first: one a round for two classes, else one a class and round. The learning rate is in their leaves.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>Gets what the sums of the trees begin at: the log-odds of the second of two classes, or a number a class.</summary>
    public IReadOnlyList<double> BaseValues { get; }

    /// <summary>Gets the number of rounds in the model.</summary>
    public int Rounds => Trees.Count / BaseValues.Count;

    /// <summary>Gets the mean log loss in nats of the training cases before the first round and after every one that was run.</summary>
    public IReadOnlyList<double> TrainingLoss { get; }

    /// <summary>Gets the mean log loss of the cases kept aside, likewise; empty without early stopping.</summary>
    public IReadOnlyList<double> ValidationLoss { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets each feature's share of the gains of all splits; they add up to 1, or are all 0.</summary>
    public IReadOnlyList<double> FeatureImportances { get; }

    /// <summary>Sums base values and trees: n rows × 1 (log-odds of the second class) for two classes, else × one column a class.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features, or a value is infinite.</exception>
    public Matrix RawScores(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        FloatColumns.Check(x, missing: true);
        int outputs = BaseValues.Count;
        double[] raw = TreeEnsemble.Sum(Trees, x, outputs);
        for (int i = 0; i < raw.Length; i++)
        {
            raw[i] += BaseValues[i % outputs];
        }

        return new Matrix(x.RowCount, outputs, raw);
    }

    /// <inheritdoc/>
    public Matrix PredictProbabilities(Matrix x)
    {
        Matrix raw = RawScores(x);
        var probabilities = new double[x.RowCount * Classes.Count];
        for (int i = 0; i < x.RowCount; i++)
        {
            Span<double> row = probabilities.AsSpan(i * Classes.Count, Classes.Count);
            if (BaseValues.Count == 1)
            {
                row[1] = 1 / (1 + Math.Exp(-raw[i, 0]));
                row[0] = 1 - row[1];
            }
            else
            {
                Softmax(raw.Row(i), row);
            }
        }

        return new Matrix(x.RowCount, Classes.Count, probabilities);
    }

    /// <inheritdoc/>
    public int[] Predict(Matrix x) => Inputs.ArgMax(PredictProbabilities(x));

    private static void Softmax(ReadOnlySpan<double> raw, Span<double> shares)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in raw)
        {
            largest = Math.Max(largest, value);
        }

        double sum = 0;
        for (int k = 0; k < raw.Length; k++)
        {
            shares[k] = Math.Exp(raw[k] - largest); // the largest becomes 1: nothing overflows
            sum += shares[k];
        }

        for (int k = 0; k < shares.Length; k++)
        {
            shares[k] /= sum;
        }
    }
}
