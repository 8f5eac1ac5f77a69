namespace MlOps.Drift;

/// <summary>What a drift report does with a column that has changed its type, from numbers to text for example.</summary>
public enum TypeChangePolicy
{
    /// <summary>Refuses the comparison with a message that names both types.</summary>
    Reject,

    /// <summary>Calls the column significantly drifted, with a note that names both types, and tests the others.</summary>
    Drift,
}
