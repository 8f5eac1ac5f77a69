namespace MlOps.Grading.Calling;

/// <summary>A call of a student's code brought no value. The message is what the student reads.</summary>
public sealed class StudentCodeException : Exception
{
    /// <summary>Creates it from what happened and the words for it.</summary>
    public StudentCodeException(StudentProblem problem, string message)
        : base(message) => Problem = problem;

    /// <summary>Gets what happened.</summary>
    public StudentProblem Problem { get; }

    /// <summary>Gets the full names of the type that the code threw and of its base types, innermost first; empty for other problems.</summary>
    public IReadOnlyList<string> ThrownTypes { get; init; } = [];

    /// <summary>Gets the line of the student's file where the exception was thrown; null if unknown.</summary>
    public int? Line { get; init; }

    /// <summary>Whether the code threw this exception or one derived from it: for tests that expect one.</summary>
    public bool Threw<TException>()
        where TException : Exception => ThrownTypes.Contains(typeof(TException).FullName!);
}
