namespace MlOps.Drift.Monitoring;

/// <summary>What became of a decision.</summary>
public enum DecisionStatus
{
    /// <summary>Taken, and nothing started.</summary>
    Taken,

    /// <summary>Its pipeline is running.</summary>
    Running,

    /// <summary>Its pipeline has ended well.</summary>
    Done,

    /// <summary>Its pipeline has failed and may be started again.</summary>
    Failed,
}
