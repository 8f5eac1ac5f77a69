namespace MlOps.Learning.Trees;

/// <summary>A fitted decision tree for classes. Immutable.</summary>
public sealed class DecisionTreeClassifierModel : IProbabilisticClassifier
{
    internal DecisionTreeClassifierModel(Tree tree, IReadOnlyList<string> featureNames, IReadOnlyList<string> classes)
    {
        Tree = tree;
        FeatureNames = [.. featureNames];
        Classes = classes;
        FeatureImportances = TreeEnsemble.Importances([tree], featureNames.Count);
    }

    /// <summary>Gets the tree. The values of a node are the shares of the classes among its training cases.</summary>
    public Tree Tree { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Gets each feature's share of the impurity that the tree takes off; they add up to 1, or are all 0 if the tree does not split.</summary>
    /// <remarks>Favours features with many values, and is measured on the training cases.</remarks>
    public IReadOnlyList<double> FeatureImportances { get; }

    /// <inheritdoc/>
    public Matrix PredictProbabilities(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        return new Matrix(x.RowCount, Classes.Count, TreeEnsemble.Sum([Tree], x, Classes.Count));
    }

    /// <inheritdoc/>
    public int[] Predict(Matrix x) => Inputs.ArgMax(PredictProbabilities(x));

    /// <summary>The tree as nested conditions, a line a node; leaves name the likeliest class, its share, and the weight of the cases.</summary>
    public string ToText() => TreeText.Of(Tree, FeatureNames, shares => TreeText.Classes(shares.Span, Classes));
}
