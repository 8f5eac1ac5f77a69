namespace MlOps.Tracking;

/// <summary>A part of a search's result.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="NextPageToken">To be given to the same search for the next part; null if this is the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextPageToken = null);
