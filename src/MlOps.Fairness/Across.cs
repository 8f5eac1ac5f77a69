namespace MlOps.Fairness;

/// <summary>What a rate of the groups is held against.</summary>
public enum Across
{
    /// <summary>Each other: the largest and the smallest rate.</summary>
    Groups,

    /// <summary>The rate over all rows.</summary>
    ToOverall,
}
