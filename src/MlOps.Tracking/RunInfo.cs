namespace MlOps.Tracking;

/// <summary>What a store knows of a run besides what was logged.</summary>
/// <param name="RunId">32 lower-case hexadecimal digits.</param>
/// <param name="ExperimentId">The experiment it belongs to.</param>
/// <param name="Name">Its name, which need not be unique; also the tag <c>mlflow.runName</c>.</param>
/// <param name="UserId">Who started it; empty if nobody said.</param>
/// <param name="Status">How it stands.</param>
/// <param name="StartTime">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="EndTime">The same; null while it runs.</param>
/// <param name="ArtifactUri">Where its files are.</param>
/// <param name="Stage">Whether it was deleted.</param>
public sealed record RunInfo(
    string RunId, string ExperimentId, string Name, string UserId, RunStatus Status, long StartTime, long? EndTime, string ArtifactUri, LifecycleStage Stage);
