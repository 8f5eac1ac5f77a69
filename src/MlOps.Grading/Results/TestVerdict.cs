namespace MlOps.Grading.Results;

/// <summary>How one test ended.</summary>
public enum TestVerdict
{
    /// <summary>It passed and its points are earned.</summary>
    Passed,

    /// <summary>The code returned something else than was expected.</summary>
    Failed,

    /// <summary>The code threw, was missing, or returned what is no data.</summary>
    Error,

    /// <summary>A call took longer than it may.</summary>
    TimedOut,

    /// <summary>The code ended its process: exit, crash, stack overflow, out of memory.</summary>
    Ended,

    /// <summary>It did not run: the code does not compile, or the time for the exercise was used up.</summary>
    NotRun,
}
