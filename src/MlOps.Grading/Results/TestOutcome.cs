namespace MlOps.Grading.Results;

/// <summary>One test on one student's exercise.</summary>
/// <param name="Name">The test's method name.</param>
/// <param name="Title">The name as people read it.</param>
/// <param name="Points">What the test can bring; 0 for one that only informs.</param>
/// <param name="Verdict">How it ended.</param>
public sealed record TestOutcome(string Name, string Title, double Points, TestVerdict Verdict)
{
    /// <summary>Gets the points earned: all or none.</summary>
    public double Earned => Verdict == TestVerdict.Passed ? Points : 0;

    /// <summary>Gets what a student may know of a held-back test; null for a public test.</summary>
    /// <remarks>Where this is set, students see it and never <see cref="Message"/>, <see cref="Calls"/>, <see cref="Expected"/> or <see cref="Actual"/>.</remarks>
    public string? HeldBack { get; init; }

    /// <summary>Gets why it did not pass, in plain words; null if it passed.</summary>
    public string? Message { get; init; }

    /// <summary>Gets the value the test wanted, where it compared values.</summary>
    public string? Expected { get; init; }

    /// <summary>Gets the value that came, where it compared values.</summary>
    public string? Actual { get; init; }

    /// <summary>Gets the last calls the test made, oldest first; at most three.</summary>
    public IReadOnlyList<CallRecord> Calls { get; init; } = [];

    /// <summary>Gets what the student's code printed during the test, cut to a few thousand characters; null if nothing.</summary>
    public string? Printed { get; init; }
}
