namespace MlOps.Tracking.Registry;

/// <summary>MLflow's four fixed stages. They are kept for old clients; an alias does the same and may have any name.</summary>
public enum ModelStage
{
    /// <summary>No stage yet.</summary>
    None,

    /// <summary>On trial.</summary>
    Staging,

    /// <summary>In use.</summary>
    Production,

    /// <summary>Out of use.</summary>
    Archived,
}
