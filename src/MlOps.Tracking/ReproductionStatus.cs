namespace MlOps.Tracking;

/// <summary>How something that a run depended on stands now.</summary>
public enum ReproductionStatus
{
    /// <summary>It is as it was.</summary>
    Same,

    /// <summary>It is another now.</summary>
    Different,

    /// <summary>The run did not note it, or it cannot be found or compared any more.</summary>
    Missing,
}
