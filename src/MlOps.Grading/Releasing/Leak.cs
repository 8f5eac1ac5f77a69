namespace MlOps.Grading.Releasing;

/// <summary>One thing that a student edition gives away.</summary>
/// <param name="File">The file, by its path from the root of the edition.</param>
/// <param name="Where">The place in it: <c>line 12</c>, or <c>cells[3].source, line 2</c>; empty where it is the whole file.</param>
/// <param name="Kind">What sort of thing.</param>
/// <param name="What">What it is, in words for the instructor.</param>
public sealed record Leak(string File, string Where, LeakKind Kind, string What)
{
    /// <summary>One line for a terminal.</summary>
    public override string ToString() => Where.Length == 0 ? $"{File}: {What}" : $"{File}, {Where}: {What}";
}
