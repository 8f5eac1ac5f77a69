namespace MlOps.Tracking;

/// <summary>How a run stands. The numbers are those of MLflow's files.</summary>
public enum RunStatus
{
    /// <summary>It has started and not ended; or its process died before it could say so.</summary>
    Running = 1,

    /// <summary>It waits for its turn.</summary>
    Scheduled = 2,

    /// <summary>It ended as meant.</summary>
    Finished = 3,

    /// <summary>It ended with an exception.</summary>
    Failed = 4,

    /// <summary>It was stopped.</summary>
    Killed = 5,
}
