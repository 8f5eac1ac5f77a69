namespace MlOps.Tracking.Stores;

/// <summary>How a store is opened.</summary>
public sealed record StoreOptions
{
    /// <summary>Gets the folder that <c>mlflow-artifacts:/</c> stands for in a database store; <c>mlartifacts</c> beside a SQLite file, in the working folder for PostgreSQL, if null.</summary>
    public string? ArtifactRoot { get; init; }

    /// <summary>Gets the clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets the longest time to wait for a lock that another process holds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets the token for a server; <c>MLFLOW_TRACKING_TOKEN</c> if null.</summary>
    public string? Token { get; init; }
}
