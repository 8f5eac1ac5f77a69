namespace MlOps.Learning.Trees;

/// <summary>A fitted random forest for numbers. Immutable.</summary>
public sealed class RandomForestRegressorModel : IRegressor
{
    internal RandomForestRegressorModel(Tree[] trees, IReadOnlyList<string> featureNames, double[]? outOfBagPredictions, double? outOfBagScore)
    {
        Trees = trees;
        FeatureNames = [.. featureNames];
        OutOfBagPredictions = outOfBagPredictions;
        OutOfBagScore = outOfBagScore;
        FeatureImportances = TreeEnsemble.MeanImportances(trees, featureNames.Count);
    }

    /// <summary>Gets the trees. The value of a node is the mean target of its training cases.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Gets each feature's share of the squared error that a tree takes off, averaged over the trees; they add up to 1, or are all 0.</summary>
    public IReadOnlyList<double> FeatureImportances { get; }

    /// <summary>Gets what the trees that have not seen a training row predict for it; NaN where every tree has seen the row. Null if not asked for.</summary>
    public IReadOnlyList<double>? OutOfBagPredictions { get; }

    /// <summary>Gets R² of <see cref="OutOfBagPredictions"/>, at most 1; NaN if they do not vary or there are none; null if not asked for.</summary>
    public double? OutOfBagScore { get; }

    /// <inheritdoc/>
    public double[] Predict(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        return TreeEnsemble.Mean(Trees, x, 1);
    }
}
