using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Grading.Tests.Feedback;

/// <summary>Made-up exercises and results.</summary>
internal static class Made
{
    internal static Exercise Exercise(string id, double points = 5, ExerciseKind kind = ExerciseKind.Code, string statement = "Return the *index*.") => new()
    {
        Id = id,
        Week = int.Parse(id.Split('.')[0]),
        File = $"{id}-task.cs",
        Title = $"Task {id}",
        Kind = kind,
        Points = points,
        Bloom = BloomLevel.Apply,
        Objective = "Measure `drift`.",
        Section = "Drift by hand",
        Statement = statement,
        Hints = ["Look at the shares.", "Add the **pseudo-count**.", "The sum is `(q - p)`."],
    };

    internal static ExerciseWeek Week(int number, params Exercise[] exercises) => new(number, $"Title of {number}", $"/course/exercises/week{number:00}", exercises);

    internal static ExerciseResult Result(string id, double max, params TestOutcome[] tests) => new(id, max, ExerciseStatus.Graded, tests);

    internal static ExerciseResult Result(string id, double max, ExerciseStatus status, params string[] problems) => new(id, max, status, []) { Problems = problems };

    internal static TestOutcome Passed(string title, double points) => new(title.Replace(' ', '_'), title, points, TestVerdict.Passed);

    internal static TestOutcome Failed(string title, double points, string? message = "Not so.", TestVerdict verdict = TestVerdict.Failed) =>
        new(title.Replace(' ', '_'), title, points, verdict) { Message = message };

    /// <summary>A held-back test whose every hidden field says SECRET.</summary>
    internal static TestOutcome HeldBack(string text, double points, TestVerdict verdict) => new("SECRET_name", "SECRET title", points, verdict)
    {
        HeldBack = text,
        Message = "SECRET message",
        Expected = "SECRET expected",
        Actual = "SECRET actual",
        Calls = [new CallRecord("SECRET call", "SECRET result")],
        Printed = "SECRET printed",
    };
}
