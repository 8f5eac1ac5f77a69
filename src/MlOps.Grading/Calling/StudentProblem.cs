namespace MlOps.Grading.Calling;

/// <summary>Why a call of a student's code brought no value.</summary>
public enum StudentProblem
{
    /// <summary>The code threw an exception.</summary>
    Threw,

    /// <summary>The call took longer than it may, or the process used up its processor time.</summary>
    TimedOut,

    /// <summary>The process ended: exit, crash, a limit.</summary>
    Ended,

    /// <summary>The code used more memory than it may.</summary>
    OutOfMemory,

    /// <summary>The code calls itself without end.</summary>
    StackOverflow,

    /// <summary>There is no type or member of that name.</summary>
    MissingMember,

    /// <summary>There is one, but it cannot be called like that.</summary>
    WrongSignature,

    /// <summary>The value is no data: a function, an object that refers to itself.</summary>
    NotData,

    /// <summary>The value is larger than it may be.</summary>
    TooMuchData,

    /// <summary>Something else than the host wrote to the pipe of the answers.</summary>
    Tampered,
}
