namespace MlOps.Tracking;

/// <summary>Whether an experiment or a run is there. What is deleted can be restored.</summary>
public enum LifecycleStage
{
    /// <summary>It is there.</summary>
    Active,

    /// <summary>It was deleted; its data are kept.</summary>
    Deleted,
}
