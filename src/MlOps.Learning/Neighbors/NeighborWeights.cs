namespace MlOps.Learning.Neighbors;

/// <summary>How much each neighbour counts.</summary>
public enum NeighborWeights
{
    /// <summary>All alike.</summary>
    Uniform,

    /// <summary>The inverse of its distance; neighbours at distance 0, if there are any, count alike and the others not at all.</summary>
    Distance,
}
