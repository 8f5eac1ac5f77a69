namespace MlOps.Tracking.Registry;

/// <summary>A named model with its versions.</summary>
/// <param name="Name">Unique in the store.</param>
/// <param name="CreationTime">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="LastUpdatedTime">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Description">Empty if nobody wrote one.</param>
/// <param name="LatestVersions">The newest version of every stage that has one.</param>
/// <param name="Tags">In ordinal order of their keys.</param>
/// <param name="Aliases">In ordinal order of their names.</param>
public sealed partial record RegisteredModel(
    string Name, long CreationTime, long LastUpdatedTime, string Description, IReadOnlyList<ModelVersion> LatestVersions, IReadOnlyList<Tag> Tags, IReadOnlyList<ModelAlias> Aliases);
