namespace MlOps.Drift;

/// <summary>What a drift report does with infinite numbers, which have no place in a distance.</summary>
public enum InfinityPolicy
{
    /// <summary>Refuses the comparison with a message that names the column and counts them.</summary>
    Reject,

    /// <summary>Leaves them out of the tests and counts them in <see cref="ColumnDrift.Infinite"/>, with a note.</summary>
    Count,
}
