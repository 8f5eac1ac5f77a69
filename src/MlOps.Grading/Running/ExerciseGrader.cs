using MlOps.Grading.Calling;
using MlOps.Grading.Compiler;
using MlOps.Grading.Exercises;
using MlOps.Grading.Results;
using MlOps.Grading.Testing;

namespace MlOps.Grading.Running;

/// <summary>Grades one exercise of one student. Check, grade and the course's own tests all end here.</summary>
public static class ExerciseGrader
{
    /// <summary>Grades what was handed in.</summary>
    /// <param name="course">The course.</param>
    /// <param name="exercise">One of its exercises.</param>
    /// <param name="source">The text of the file; null if there is none.</param>
    /// <param name="starter">The text the student began with; null where it is not known, because the student edits it in place.</param>
    /// <param name="selection">Which tests to run.</param>
    public static ExerciseResult Grade(ExerciseCourse course, Exercise exercise, string? source, string? starter, TestSelection selection) =>
        Grade(course, exercise, source, starter, selection, shared: null);

    /// <summary>The same, trying first in the process of the exercises before it, where there is one.</summary>
    internal static ExerciseResult Grade(ExerciseCourse course, Exercise exercise, string? source, string? starter, TestSelection selection, SharedProcesses? shared)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(exercise);
        ExerciseTest[] tests = [.. course.Tests.Of(exercise.Id).Where(test => selection == TestSelection.All || test.HeldBack is null)];
        if (string.IsNullOrWhiteSpace(source))
        {
            return source is null ? Without(exercise, ExerciseStatus.Missing, tests) : Without(exercise, ExerciseStatus.Unreadable, tests, $"{exercise.File} is empty.");
        }

        if (IsUntouched(source, starter))
        {
            return Without(exercise, ExerciseStatus.NotAttempted, tests);
        }

        ExerciseStatus status = exercise.Kind == ExerciseKind.Essay ? ExerciseStatus.AwaitsMarks : ExerciseStatus.Graded;
        if (exercise.Kind is ExerciseKind.Artefact or ExerciseKind.Essay)
        {
            using var text = new ExerciseSubject(exercise, source.ReplaceLineEndings("\n"), new Dictionary<string, string>(), course.AnswersOf(exercise), () => throw new InvalidOperationException($"{exercise.File} is read, not run."));
            return new ExerciseResult(exercise.Id, exercise.Points, status, ExerciseTestRun.Run(tests, text));
        }

        IReadOnlyList<string> libraries = course.LibrariesOf(exercise);
        CompiledExercise compiled = course.Compilers.Compile(exercise.File, source, libraries);
        if (compiled.Image is null)
        {
            return Without(exercise, ExerciseStatus.DoesNotCompile, tests, [.. compiled.Problems]);
        }

        var assembly = new StudentAssembly(Path.GetFileNameWithoutExtension(exercise.File), compiled.Image, libraries);
        return new ExerciseResult(exercise.Id, exercise.Points, status, AllPassed() ?? Alone());

        IReadOnlyList<TestOutcome>? AllPassed() => shared is null
            ? null
            : ExerciseTestRun.RunWhilePassing(tests, new ExerciseSubject(exercise, source, compiled.TypeOfMember, course.AnswersOf(exercise), () => shared.Start(course.Sandbox, assembly, exercise.CallLimit)));

        IReadOnlyList<TestOutcome> Alone()
        {
            using var subject = new ExerciseSubject(exercise, source, compiled.TypeOfMember, course.AnswersOf(exercise), () => StudentCode.Start(course.Sandbox, assembly, exercise.CallLimit));
            return ExerciseTestRun.Run(tests, subject);
        }
    }

    /// <summary>An exercise whose file could not be read.</summary>
    public static ExerciseResult Unreadable(ExerciseCourse course, Exercise exercise, string problem, TestSelection selection)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(exercise);
        return Without(exercise, ExerciseStatus.Unreadable, course.Tests.Of(exercise.Id).Where(test => selection == TestSelection.All || test.HeldBack is null), problem);
    }

    /// <summary>No test ran; the problems say why, where the status does not say it all.</summary>
    private static ExerciseResult Without(Exercise exercise, ExerciseStatus status, IEnumerable<ExerciseTest> tests, params string[] problems) =>
        new(exercise.Id, exercise.Points, status, [.. tests.Select(test => ExerciseTestRun.NotRun(test, null))]) { Problems = problems };

    /// <summary>Whether nothing was attempted: the starter as it was; where that is not known, a hole that still only says that it is one.</summary>
    private static bool IsUntouched(string source, string? starter) => starter is not null
        ? Lines(starter).SequenceEqual(Lines(source), StringComparer.Ordinal)
        : Hole.Of(source) is [_, ..] hole && hole.All(line => line.StartsWith("//", StringComparison.Ordinal) || line.Replace(" ", string.Empty, StringComparison.Ordinal) == "thrownewNotImplementedException();");

    /// <summary>Line ends and blanks at the ends of lines do not make an attempt.</summary>
    private static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.TrimEnd());
}
