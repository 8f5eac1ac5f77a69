namespace MlOps.Tracking.Stores;

/// <summary>A file or a folder of a run.</summary>
/// <param name="Path">From the run's uppermost folder, with <c>/</c>.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Size">Bytes; null for a folder.</param>
public sealed record ArtifactFile(string Path, bool IsFolder, long? Size);
