using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>A test that many students did not pass.</summary>
/// <param name="Exercise">The exercise's number.</param>
/// <param name="Test">The test's method name.</param>
/// <param name="Title">The name as a sentence.</param>
/// <param name="HeldBack">Whether students do not see the test.</param>
/// <param name="Students">How many students it ran for who did not pass.</param>
/// <param name="Ran">How many students it ran for.</param>
/// <param name="Message">The message most of them got, the first in ordinal order among equals; null if none got one.</param>
public sealed record CommonFailure(string Exercise, string Test, string Title, bool HeldBack, int Students, int Ran, string? Message)
{
    /// <summary>Finds the tests that most students failed.</summary>
    /// <remarks>
    /// A test that did not run says nothing of itself and is left out: the code did not compile, or earlier tests used up the time.
    /// Ordered by students, most first; then by exercise and name in ordinal order.
    /// </remarks>
    /// <param name="submissions">One submission a student and week; a student's second one for the same week counts again.</param>
    public static IReadOnlyList<CommonFailure> Find(IEnumerable<SubmissionResult> submissions)
    {
        ArgumentNullException.ThrowIfNull(submissions);
        return
        [
            .. submissions.SelectMany(submission => submission.Exercises)
                .SelectMany(result => result.Tests.Select(test => (result.Exercise, Test: test)))
                .Where(ran => ran.Test.Verdict != TestVerdict.NotRun)
                .GroupBy(ran => (ran.Exercise, ran.Test.Name))
                .Select(group => Of(group.Key.Exercise, [.. group.Select(ran => ran.Test)]))
                .Where(failure => failure.Students > 0)
                .OrderByDescending(failure => failure.Students).ThenBy(failure => failure.Exercise, StringComparer.Ordinal).ThenBy(failure => failure.Test, StringComparer.Ordinal),
        ];
    }

    private static CommonFailure Of(string exercise, TestOutcome[] outcomes)
    {
        TestOutcome[] failed = [.. outcomes.Where(test => test.Verdict != TestVerdict.Passed)];
        string? message = failed.Where(test => test.Message is not null)
            .GroupBy(test => test.Message!, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault()?.Key;
        return new CommonFailure(exercise, outcomes[0].Name, outcomes[0].Title, outcomes[0].HeldBack is not null, failed.Length, outcomes.Length, message);
    }
}
