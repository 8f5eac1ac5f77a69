namespace MlOps.Grading.Feedback;

/// <summary>What a line of a report is, so that a terminal can colour it. The marks ✓ and ✗ say the same without colour.</summary>
public enum LineRole
{
    /// <summary>Nothing special.</summary>
    Plain,

    /// <summary>The name and points of an exercise, or the sum of all.</summary>
    Heading,

    /// <summary>A test that passed.</summary>
    Good,

    /// <summary>A test that did not pass, or what keeps an exercise from being graded.</summary>
    Bad,

    /// <summary>A hint, or how to open one.</summary>
    Hint,

    /// <summary>Details: calls, values, what was printed.</summary>
    Muted,
}
