namespace MlOps.Learning.Trees;

/// <summary>Where growing stops.</summary>
/// <param name="MaxDepth">Decisions on the longest way.</param>
/// <param name="MinSamplesSplit">A node with fewer cases stays a leaf.</param>
/// <param name="MinSamplesLeaf">No split leaves fewer cases on a side.</param>
/// <param name="MinImpurityDecrease">A split must lower the impurity of all cases by this much.</param>
/// <param name="MaxFeatures">Features tried at a node, of those that vary there.</param>
internal sealed record GrowthLimits(int MaxDepth, int MinSamplesSplit, int MinSamplesLeaf, double MinImpurityDecrease, int MaxFeatures)
{
    /// <summary>Checks the hyper-parameters that trees and forests share.</summary>
    internal static GrowthLimits Of(int? maxDepth, int minSamplesSplit, int minSamplesLeaf, double minImpurityDecrease, int? maxFeatures) => new(
        Guard.AtLeast(maxDepth ?? int.MaxValue, 1, nameof(maxDepth)),
        Guard.AtLeast(minSamplesSplit, 2),
        Guard.AtLeast(minSamplesLeaf, 1),
        Guard.NonNegative(minImpurityDecrease),
        Guard.AtLeast(maxFeatures ?? int.MaxValue, 1, nameof(maxFeatures)));
}
