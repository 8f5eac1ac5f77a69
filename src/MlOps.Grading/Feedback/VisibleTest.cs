using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>What a student may see of a test. Everything shown to students goes through here.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Sentence">The title of a public test; of a held-back one only the text meant for students.</param>
/// <param name="Points">What it can bring.</param>
/// <param name="Message">Why it did not pass; null if it did, and for a held-back test.</param>
/// <param name="Calls">The last calls; empty if it passed, and for a held-back test.</param>
/// <param name="Actual">What came; null as above, or where the last call has just shown it.</param>
/// <param name="Expected">What was expected; null as above.</param>
/// <param name="Printed">What the code printed; null as above.</param>
internal sealed record VisibleTest(
    TestVerdict Verdict, string Sentence, double Points,
    string? Message, IReadOnlyList<CallRecord> Calls, string? Actual, string? Expected, string? Printed)
{
    internal bool Passed => Verdict == TestVerdict.Passed;

    /// <summary>Gets the mark in front; the words beside it say the same to those who do not see it.</summary>
    internal string Mark => Verdict switch { TestVerdict.Passed => "✓", TestVerdict.NotRun => "–", _ => "✗" };

    internal string MarkInWords => Verdict switch { TestVerdict.Passed => "passed", TestVerdict.NotRun => "did not run", _ => "not passed" };

    /// <summary>Gets whether students see the outcome but not the test.</summary>
    internal bool HeldBack { get; private init; }

    internal string Worth => (Points == 0 ? "no points" : Passed ? Amount.Points(Points) : $"0 of {Amount.Points(Points)}") + (HeldBack ? ", held-back test" : string.Empty);

    /// <summary>The tests to list: none where there was nothing to test, since each line would say only that.</summary>
    internal static IEnumerable<VisibleTest> Of(ExerciseResult result) =>
        result.Status is ExerciseStatus.Graded or ExerciseStatus.AwaitsMarks ? result.Tests.Select(Of) : [];

    internal static VisibleTest Of(TestOutcome test)
    {
        if (test.HeldBack is { } heldBack)
        {
            return new VisibleTest(test.Verdict, heldBack, test.Points, null, [], null, null, null) { HeldBack = true };
        }

        if (test.Verdict == TestVerdict.Passed)
        {
            return new VisibleTest(test.Verdict, test.Title, test.Points, null, [], null, null, null);
        }

        bool alreadyShown = test.Calls.Count > 0 && test.Calls[^1].Result == test.Actual;
        return new VisibleTest(
            test.Verdict, test.Title, test.Points, test.Message ?? InGeneral(test.Verdict), test.Calls,
            alreadyShown ? null : test.Actual, test.Expected, string.IsNullOrWhiteSpace(test.Printed) ? null : test.Printed);
    }

    private static string? InGeneral(TestVerdict verdict) => verdict switch
    {
        TestVerdict.Failed => "The code returned something else than was expected.",
        TestVerdict.Error => "The code could not be called, or it threw an exception.",
        TestVerdict.TimedOut => "A call took longer than it may.",
        TestVerdict.Ended => "The code ended its own process: an exit, a crash, or too much memory.",
        _ => null,
    };
}
