namespace MlOps.Tracking.Stores;

/// <summary>The files of a run.</summary>
/// <remarks>
/// Paths are relative, with <c>/</c>. <c>..</c>, absolute paths, backslashes, control characters and links that lead out of the folder are refused
/// (<see cref="TrackingError.InvalidParameterValue"/>). A file is visible when it is whole, never before; writing it again replaces it in one step.
/// </remarks>
public interface IArtifactStore
{
    /// <summary>Writes a file from where <paramref name="content"/> stands to its end.</summary>
    void Write(string path, Stream content, CancellationToken cancellationToken = default);

    /// <summary>Opens a file for reading (<see cref="TrackingError.ResourceDoesNotExist"/> if there is none).</summary>
    Stream OpenRead(string path, CancellationToken cancellationToken = default);

    /// <summary>Lists what is directly in a folder, in ordinal order; nothing if there is no such folder.</summary>
    /// <param name="path">The folder; null or empty is the uppermost.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    IReadOnlyList<ArtifactFile> List(string? path = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a file or a folder with all that is in it.</summary>
    void Delete(string path, CancellationToken cancellationToken = default);
}
