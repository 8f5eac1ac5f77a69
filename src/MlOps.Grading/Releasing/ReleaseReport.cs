namespace MlOps.Grading.Releasing;

/// <summary>What went into a student edition.</summary>
/// <param name="Files">Files in the edition.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="LeftOut">Files of the course that are not in it, by path from the root, in ordinal order.</param>
public sealed record ReleaseReport(int Files, long Bytes, IReadOnlyList<string> LeftOut)
{
    /// <summary>Gets the files that went in although git does not know them yet. A forgotten class list would stand here: look at them before you hand out the edition.</summary>
    /// <value>Empty without git.</value>
    public IReadOnlyList<string> Untracked { get; init; } = [];

    /// <summary>Gets the symbolic links of the course, which are never followed and never copied.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];
}
