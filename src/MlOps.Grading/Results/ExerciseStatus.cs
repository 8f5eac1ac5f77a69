namespace MlOps.Grading.Results;

/// <summary>What became of one exercise of a submission.</summary>
public enum ExerciseStatus
{
    /// <summary>Its tests ran; the points say how well.</summary>
    Graded,

    /// <summary>The file is the starter, unchanged: 0 points.</summary>
    NotAttempted,

    /// <summary>There is no file: 0 points.</summary>
    Missing,

    /// <summary>The file could not be read: too large, not text, a link, more than one candidate. 0 points.</summary>
    Unreadable,

    /// <summary>The code does not compile: 0 points.</summary>
    DoesNotCompile,

    /// <summary>An essay without marks yet: 0 points until the instructor gives them.</summary>
    AwaitsMarks,
}
