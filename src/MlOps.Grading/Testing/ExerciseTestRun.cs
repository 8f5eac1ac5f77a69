using System.Diagnostics;
using MlOps.Grading.Calling;
using MlOps.Grading.Results;

namespace MlOps.Grading.Testing;

/// <summary>Runs the tests of one exercise on one subject, one after the other.</summary>
/// <remarks>
/// A test that ends its process, or takes too long, costs the next one nothing: that one gets a new process. If a process dies that
/// had served an earlier test, the cause may be what that test left running; the test at hand is then repeated in a process of its own,
/// and the second outcome counts.
/// </remarks>
internal static class ExerciseTestRun
{
    /// <summary>Time for all tests of an exercise, above which the rest is not run.</summary>
    internal static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    internal static IReadOnlyList<TestOutcome> Run(IReadOnlyList<ExerciseTest> tests, ExerciseSubject subject)
    {
        long start = Stopwatch.GetTimestamp();
        return [.. tests.Select(test => Stopwatch.GetElapsedTime(start) < Budget ? Run(test, subject) : NotRun(test, FormattableString.Invariant($"Not run: the tests before it used up the {Budget.TotalSeconds:0} s for this exercise.")))];
    }

    /// <summary>The outcomes if every test passes at the first try; null as soon as one does not.</summary>
    internal static IReadOnlyList<TestOutcome>? RunWhilePassing(IReadOnlyList<ExerciseTest> tests, ExerciseSubject subject)
    {
        var passed = new List<TestOutcome>();
        foreach (ExerciseTest test in tests)
        {
            passed.Add(RunOnce(test, subject));
            if (passed[^1].Verdict != TestVerdict.Passed)
            {
                return null;
            }
        }

        return passed;
    }

    internal static TestOutcome NotRun(ExerciseTest test, string? why) =>
        new(test.Name, test.Title, test.Points, TestVerdict.NotRun) { HeldBack = test.HeldBack, Message = why };

    private static TestOutcome Run(ExerciseTest test, ExerciseSubject subject)
    {
        bool isFresh = subject.IsFresh;
        TestOutcome outcome = RunOnce(test, subject);
        if (!isFresh && outcome.Verdict is TestVerdict.Ended or TestVerdict.TimedOut)
        {
            subject.Restart();
            outcome = RunOnce(test, subject);
        }

        return outcome;
    }

    private static TestOutcome RunOnce(ExerciseTest test, ExerciseSubject subject)
    {
        foreach (Xunit.Sdk.IXunitTestCase testCase in test.Cases)
        {
            CaseRun run = CaseRun.Of(testCase, subject);
            if (run.Failure is not null || run.Skipped is not null)
            {
                return Describe(test, run, subject.Started);
            }

            subject.Started?.TakeCalls(); // what a passed case called explains nothing
        }

        return new TestOutcome(test.Name, test.Title, test.Points, TestVerdict.Passed) { HeldBack = test.HeldBack, Printed = Printed(subject.Started) };
    }

    private static TestOutcome Describe(ExerciseTest test, CaseRun run, StudentCode? code)
    {
        IReadOnlyList<CallRecord> calls = code?.TakeCalls() ?? [];
        var outcome = new TestOutcome(test.Name, test.Title, test.Points, TestVerdict.NotRun) { HeldBack = test.HeldBack, Calls = calls, Printed = Printed(code) };
        if (run.Failure is not { } failure)
        {
            return outcome with { Message = $"Skipped: {run.Skipped}" };
        }

        if (failure.ExceptionTypes[0] == typeof(StudentCodeException).FullName)
        {
            return outcome with { Verdict = VerdictOf(code?.LastProblem), Message = failure.Messages[0] };
        }

        if (!failure.ExceptionTypes[0].StartsWith("Xunit.", StringComparison.Ordinal))
        {
            return outcome with { Verdict = TestVerdict.Failed, Message = $"The test could not use what came back ({failure.Messages[0].TrimEnd('.')})." };
        }

        AssertionText text = AssertionText.Parse(failure.Messages[0]);
        return outcome with { Verdict = TestVerdict.Failed, Message = text.Message, Expected = text.Expected, Actual = text.Actual };
    }

    private static string? Printed(StudentCode? code) => code?.TakePrinted() is { Length: > 0 } text ? text : null;

    private static TestVerdict VerdictOf(StudentProblem? problem) => problem switch
    {
        StudentProblem.TimedOut => TestVerdict.TimedOut,
        StudentProblem.Ended or StudentProblem.OutOfMemory or StudentProblem.StackOverflow or StudentProblem.Tampered => TestVerdict.Ended,
        _ => TestVerdict.Error,
    };
}
