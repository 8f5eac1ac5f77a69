namespace MlOps.Explain.Shapley;

/// <summary>How a node of a tree compares a value with its threshold.</summary>
internal enum BranchMode
{
    /// <summary>value ≤ threshold.</summary>
    AtMost,

    /// <summary>value &lt; threshold.</summary>
    Below,

    /// <summary>value ≥ threshold.</summary>
    AtLeast,

    /// <summary>value &gt; threshold.</summary>
    Above,

    /// <summary>value = threshold.</summary>
    Equal,

    /// <summary>value ≠ threshold.</summary>
    Unequal,

    /// <summary>value is one of a set.</summary>
    Member,
}

/// <summary>A node of a tree: a question about one feature with two children, or a leaf.</summary>
/// <param name="Feature">The feature, or <see cref="Leaf"/>.</param>
/// <param name="Mode">The comparison.</param>
/// <param name="Threshold">What the value is compared with.</param>
/// <param name="MissingIsTrue">Whether a missing value goes to the child for true.</param>
/// <param name="True">The node for true.</param>
/// <param name="False">The node for false.</param>
/// <param name="Cover">The weight of the training cases that came through; 0 in all nodes where nobody knows.</param>
/// <param name="Value">What a leaf adds to the output.</param>
/// <param name="Members">The set of <see cref="BranchMode.Member"/>.</param>
internal readonly record struct Branch(
    int Feature, BranchMode Mode, double Threshold, bool MissingIsTrue, int True, int False, double Cover, double Value, IReadOnlyList<double>? Members = null)
{
    internal const int Leaf = -1;

    internal static Branch LeafOf(double value, double cover) => new(Leaf, BranchMode.AtMost, 0, false, -1, -1, cover, value);
}
