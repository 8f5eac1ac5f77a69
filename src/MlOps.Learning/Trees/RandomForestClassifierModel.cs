namespace MlOps.Learning.Trees;

/// <summary>A fitted random forest for classes. Immutable.</summary>
public sealed class RandomForestClassifierModel : IProbabilisticClassifier
{
    internal RandomForestClassifierModel(Tree[] trees, IReadOnlyList<string> featureNames, IReadOnlyList<string> classes, Matrix? outOfBagProbabilities, double? outOfBagScore)
    {
        Trees = trees;
        FeatureNames = [.. featureNames];
        Classes = classes;
        OutOfBagProbabilities = outOfBagProbabilities;
        OutOfBagScore = outOfBagScore;
        FeatureImportances = TreeEnsemble.MeanImportances(trees, featureNames.Count);
    }

    /// <summary>Gets the trees. The values of a node are the shares of the classes among its training cases.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets each feature's share of the impurity that a tree takes off, averaged over the trees; they add up to 1, or are all 0.</summary>
    public IReadOnlyList<double> FeatureImportances { get; }

    /// <summary>Gets what the trees that have not seen a training row say of it, rows × classes; NaN where every tree has seen the row. Null if not asked for.</summary>
    public Matrix? OutOfBagProbabilities { get; }

    /// <summary>Gets the accuracy of <see cref="OutOfBagProbabilities"/>, in [0, 1]; NaN if every tree has seen every row; null if not asked for.</summary>
    public double? OutOfBagScore { get; }

    /// <inheritdoc/>
    public Matrix PredictProbabilities(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        return new Matrix(x.RowCount, Classes.Count, TreeEnsemble.Mean(Trees, x, Classes.Count));
    }

    /// <inheritdoc/>
    public int[] Predict(Matrix x) => Inputs.ArgMax(PredictProbabilities(x));
}
