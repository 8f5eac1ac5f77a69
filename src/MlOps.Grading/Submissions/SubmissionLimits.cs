namespace MlOps.Grading.Submissions;

/// <summary>How much of a submission is read, so that no student can exhaust the grader. Change single values with <c>with</c>.</summary>
/// <remarks>Only files count that could be an exercise. All sizes are measured while reading; what an archive claims is not trusted.</remarks>
public sealed record SubmissionLimits
{
    /// <summary>Gets the most bytes one source file may have. Default: 1 MiB.</summary>
    public long FileBytes { get; init => field = Guard.AtLeast(value, 1, nameof(FileBytes)); } = 1L << 20;

    /// <summary>Gets the most bytes that are read of one student. Default: 64 MiB.</summary>
    public long TotalBytes { get; init => field = Guard.AtLeast(value, 1, nameof(TotalBytes)); } = 64L << 20;

    /// <summary>Gets the most files that are read of one student. Default: 2,000.</summary>
    public int Files { get; init => field = Guard.AtLeast(value, 1, nameof(Files)); } = 2000;

    /// <summary>Gets the most entries, files and folders of any kind, that are looked at for one student. Default: 100,000.</summary>
    public int Entries { get; init => field = Guard.AtLeast(value, 1, nameof(Entries)); } = 100_000;

    /// <summary>Gets the most folders above a file. Default: 16.</summary>
    public int Depth { get; init => field = Guard.AtLeast(value, 1, nameof(Depth)); } = 16;

    /// <summary>Gets the time zone of the clocks in archives: a zip stores the wall clock without a zone. Default: that of this machine.</summary>
    public TimeZoneInfo ArchiveClock { get; init; } = TimeZoneInfo.Local;
}
