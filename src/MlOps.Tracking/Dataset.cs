namespace MlOps.Tracking;

/// <summary>A data set that a run used.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Digest">What identifies this version of its content; two with the same name and digest are the same.</param>
/// <param name="SourceType">What kind of place it comes from, such as <c>local</c>.</param>
/// <param name="Source">Where it comes from: JSON or plain text.</param>
/// <param name="Schema">Its columns, as JSON; null if not told.</param>
/// <param name="Profile">Its size and statistics, as JSON; null if not told.</param>
public sealed record Dataset(string Name, string Digest, string SourceType, string Source, string? Schema = null, string? Profile = null);
