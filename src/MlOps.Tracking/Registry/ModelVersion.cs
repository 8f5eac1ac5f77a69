namespace MlOps.Tracking.Registry;

/// <summary>One version of a registered model. Its number and its source never change.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">From 1; never used again, even if it is deleted.</param>
/// <param name="CreationTime">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="LastUpdatedTime">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Description">Empty if nobody wrote one.</param>
/// <param name="Source">Where its files are.</param>
/// <param name="RunId">The run that made it; empty if none was told.</param>
/// <param name="RunLink">A page about that run; empty if none was told.</param>
/// <param name="UserId">Who registered it; empty if nobody said.</param>
/// <param name="Stage">MLflow's stage.</param>
/// <param name="Tags">In ordinal order of their keys.</param>
/// <param name="Aliases">The names that point at it, in ordinal order.</param>
public sealed partial record ModelVersion(
    string Name, int Version, long CreationTime, long LastUpdatedTime, string Description, string Source, string RunId, string RunLink, string UserId,
    ModelStage Stage, IReadOnlyList<Tag> Tags, IReadOnlyList<string> Aliases);
