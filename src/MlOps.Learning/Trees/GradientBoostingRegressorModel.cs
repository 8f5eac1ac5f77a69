namespace MlOps.Learning.Trees;

/// <summary>A fitted boosted regression. Immutable.</summary>
public sealed class GradientBoostingRegressorModel : IRegressor
{
    internal GradientBoostingRegressorModel(BoostingFit fit, IReadOnlyList<string> featureNames, RegressionLoss loss)
    {
        Loss = loss;
        Trees = fit.Trees;
        BaseValue = fit.BaseValues[0];
        TrainingLoss = fit.TrainingLoss;
        ValidationLoss = fit.ValidationLoss;
        FeatureNames = [.. featureNames];
        FeatureImportances = TreeEnsemble.Importances(fit.Trees, featureNames.Count);
    }

    /// <summary>Gets what was minimised.</summary>
    public RegressionLoss Loss { get; }

    /// <summary>Gets the trees, one a round. The learning rate is in their leaves.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>Gets what the sum of the trees begins at; with the Poisson loss a logarithm.</summary>
    public double BaseValue { get; }

    /// <summary>Gets the mean loss of the training cases before the first round and after every one that was run.</summary>
    public IReadOnlyList<double> TrainingLoss { get; }

    /// <summary>Gets the mean loss of the cases kept aside, likewise; empty without early stopping.</summary>
    public IReadOnlyList<double> ValidationLoss { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Gets each feature's share of the gains of all splits; they add up to 1, or are all 0.</summary>
    public IReadOnlyList<double> FeatureImportances { get; }

    /// <inheritdoc/>
    public double[] Predict(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        FloatColumns.Check(x, missing: true);
        double[] predicted = TreeEnsemble.Sum(Trees, x, 1);
        for (int i = 0; i < predicted.Length; i++)
        {
            double raw = predicted[i] + BaseValue;
            predicted[i] = Loss == RegressionLoss.Poisson ? Math.Exp(raw) : raw;
        }

        return predicted;
    }
}
