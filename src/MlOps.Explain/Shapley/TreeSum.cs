using MlOps.Learning.Trees;

namespace MlOps.Explain.Shapley;

/// <summary>A model as tree SHAP sees it: a number that is a base plus one leaf of every tree.</summary>
/// <param name="Trees">The nodes of each tree.</param>
/// <param name="BaseValue">What the sum begins at.</param>
/// <param name="FeatureNames">The features in order; empty where nobody names them.</param>
/// <param name="FeatureCount">How many columns the model reads.</param>
/// <param name="Output">What the sum is.</param>
/// <param name="HasCover">Whether the nodes know their training cases.</param>
/// <param name="IsSingle">Whether values are compared in single precision.</param>
/// <param name="TakesMissing">Whether a value may be missing.</param>
internal sealed record TreeSum(
    IReadOnlyList<Branch[]> Trees, double BaseValue, IReadOnlyList<string> FeatureNames, int FeatureCount, string Output, bool HasCover, bool IsSingle, bool TakesMissing)
{
    /// <summary>Our trees.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="outputs">How many numbers the trees predict together; a tree with one of its own belongs to the output of its number modulo this.</param>
    /// <param name="output">Which of them.</param>
    /// <param name="factor">Every leaf times this.</param>
    internal static Branch[][] Nodes(IReadOnlyList<Tree> trees, int outputs, int output, double factor) =>
    [
        .. trees.Where((tree, t) => tree.OutputCount > 1 || t % outputs == output)
            .Select(tree => NodesOf(tree, tree.OutputCount > 1 ? output : 0, factor)),
    ];

    private static Branch[] NodesOf(Tree tree, int output, double factor)
    {
        var nodes = new Branch[tree.NodeCount];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = tree.Features[i] == Tree.Leaf
                ? Branch.LeafOf(tree.ValueOf(i)[output] * factor, tree.Cover[i])
                : new Branch(tree.Features[i], BranchMode.AtMost, tree.Thresholds[i], tree.MissingGoesLeft[i], tree.Left[i], tree.Right[i], tree.Cover[i], 0);
        }

        return nodes;
    }
}
