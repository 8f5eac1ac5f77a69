namespace MlOps.Grading.Submissions;

/// <summary>One file that a student handed in.</summary>
/// <param name="Path">The path inside the submission, with <c>/</c> between folders: <c>week12/12.3-psi.cs</c>.</param>
/// <param name="Bytes">The content; null if it was not read.</param>
/// <param name="Problem">Why it was not read, as a sentence a student can act on; null if it was.</param>
/// <param name="Modified">When it was last changed, as the file or archive says. A student can set this time: see <see cref="Submission.SubmittedAt"/>.</param>
public sealed record SubmittedFile(string Path, byte[]? Bytes, string? Problem, DateTimeOffset Modified)
{
    /// <summary>Gets the file's name without folders.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Gets the week of the folder it lies in directly, null if that is not a folder of a week.</summary>
    public int? Week => Path.Split('/') is [.., var folder, _] ? SubmissionNames.WeekOf(folder) : null;
}
