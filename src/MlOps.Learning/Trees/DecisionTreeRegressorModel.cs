namespace MlOps.Learning.Trees;

/// <summary>A fitted decision tree for numbers. Immutable.</summary>
public sealed class DecisionTreeRegressorModel : IRegressor
{
    internal DecisionTreeRegressorModel(Tree tree, IReadOnlyList<string> featureNames)
    {
        Tree = tree;
        FeatureNames = [.. featureNames];
        FeatureImportances = TreeEnsemble.Importances([tree], featureNames.Count);
    }

    /// <summary>Gets the tree. The value of a node is the mean target of its training cases.</summary>
    public Tree Tree { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Gets each feature's share of the squared error that the tree takes off; they add up to 1, or are all 0 if the tree does not split.</summary>
    public IReadOnlyList<double> FeatureImportances { get; }

    /// <inheritdoc/>
    public double[] Predict(Matrix x)
    {
        Inputs.Width(x, FeatureNames);
        Inputs.Finite(x);
        return TreeEnsemble.Sum([Tree], x, 1);
    }

    /// <summary>The tree as nested conditions, a line a node; leaves show the prediction and the weight of the cases.</summary>
    public string ToText() => TreeText.Of(Tree, FeatureNames, value => FormattableString.Invariant($"{value.Span[0]:G6}"));
}
