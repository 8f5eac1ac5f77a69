namespace MlOps.Tracking;

/// <summary>A named collection of runs that try to answer one question.</summary>
/// <param name="Id">The store's identifier; <c>0</c> is the experiment <c>Default</c>, which every store has.</param>
/// <param name="Name">Unique in the store, deleted experiments included.</param>
/// <param name="ArtifactLocation">Where its runs put their files: <c>ArtifactLocation/RUN/artifacts</c>.</param>
/// <param name="Stage">Whether it was deleted.</param>
/// <param name="CreationTime">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="LastUpdateTime">Milliseconds since 1970-01-01 UTC.</param>
/// <param name="Tags">In ordinal order of their keys.</param>
public sealed record Experiment(
    string Id, string Name, string ArtifactLocation, LifecycleStage Stage, long CreationTime, long LastUpdateTime, IReadOnlyList<Tag> Tags)
{
    /// <summary>The identifier of the experiment <c>Default</c>.</summary>
    public const string DefaultId = "0";
}
