namespace MlOps.Grading.Exercises;

/// <summary>The marked part of an exercise that a student fills in: the lines between <c>BEGIN YOUR CODE</c> and <c>END YOUR CODE</c>.</summary>
public static class Hole
{
    /// <summary>Marks the beginning, in a comment of its own line.</summary>
    public const string Begin = "BEGIN YOUR CODE";

    /// <summary>Marks the end, in a comment of its own line.</summary>
    public const string End = "END YOUR CODE";

    /// <summary>The lines of the hole, trimmed and without empty ones; null if the text has no such marks or has them in the wrong order.</summary>
    public static IReadOnlyList<string>? Of(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        string[] lines = [.. source.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())];
        int begin = Array.FindIndex(lines, line => line.Contains(Begin, StringComparison.Ordinal));
        int end = Array.FindIndex(lines, line => line.Contains(End, StringComparison.Ordinal));
        return begin >= 0 && end > begin ? [.. lines[(begin + 1)..end].Where(line => line.Length > 0)] : null;
    }
}
