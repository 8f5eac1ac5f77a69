namespace MlOps.Tracking.Stores;

/// <summary>A place where experiments, runs, models and files are kept.</summary>
public interface ITrackingStore : IRunStore, IRegistryStore, IDisposable
{
    /// <summary>Gets the address that <see cref="TrackingStore.Open"/> opens it by, without passwords.</summary>
    string Address { get; }

    /// <summary>Returns the files under an artifact address of this store, such as a run's <see cref="RunInfo.ArtifactUri"/> or a version's source.</summary>
    /// <exception cref="TrackingException">The address is of a kind that this store cannot reach.</exception>
    IArtifactStore OpenArtifacts(string artifactUri);
}
