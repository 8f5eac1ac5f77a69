namespace MlOps.Tracking;

/// <summary>What a run starts with.</summary>
/// <param name="ExperimentId">An experiment that is there.</param>
public sealed record NewRun(string ExperimentId = Experiment.DefaultId)
{
    /// <summary>Gets its name; null or empty lets the store invent one, unless a tag <c>mlflow.runName</c> tells it.</summary>
    public string? Name { get; init; }

    /// <summary>Gets who starts it.</summary>
    public string UserId { get; init; } = "";

    /// <summary>Gets when it starts, in milliseconds since 1970-01-01 UTC; null is now.</summary>
    public long? StartTime { get; init; }

    /// <summary>Gets its first tags.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
