using System.Globalization;
using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>The sentences of a check that plain text and HTML share.</summary>
internal static class Wording
{
    /// <summary>The file an exercise is solved in, as a path from the root of the course.</summary>
    internal static string PathOf(Exercise exercise) => FormattableString.Invariant($"exercises/week{exercise.Week:00}/{exercise.File}");

    /// <summary>What a student reads where no tests ran, or before them; null if the tests say it all.</summary>
    internal static string? OfStatus(Exercise exercise, ExerciseStatus status) => status switch
    {
        ExerciseStatus.NotAttempted => $"Not attempted yet. Open {PathOf(exercise)} and fill in the marked place.",
        ExerciseStatus.Missing => $"There is no file {PathOf(exercise)}.",
        ExerciseStatus.Unreadable => $"The file {exercise.File} could not be read.",
        ExerciseStatus.DoesNotCompile => "The code does not compile, so no test could run:",
        ExerciseStatus.AwaitsMarks => "Waits for the instructor's marks.",
        _ => null,
    };

    internal static string OfStatus(ExerciseStatus status) => status switch
    {
        ExerciseStatus.Graded => "graded",
        ExerciseStatus.NotAttempted => "not attempted",
        ExerciseStatus.Missing => "missing",
        ExerciseStatus.Unreadable => "unreadable",
        ExerciseStatus.DoesNotCompile => "does not compile",
        _ => "awaits marks",
    };

    internal static string PointsOf(CheckedExercise item) => item.PointsShown == 0
        ? $"up to {Amount.Points(item.Result.Max)}"
        : Amount.Points(item.Result.Points, item.PointsShown);

    internal static string? Later(CheckedExercise item)
    {
        if (item.PointsLater == 0 || item.Result.Status == ExerciseStatus.AwaitsMarks)
        {
            return null;
        }

        string points = Amount.Of(item.PointsLater) + (Amount.Of(item.PointsLater) == "1" ? " more point is" : " more points are");
        return item.Exercise.Kind == ExerciseKind.Essay
            ? $"{points} given by the instructor, by the rubric."
            : $"{points} decided by tests on grading.";
    }

    internal static string Overall(CheckReport report)
    {
        double later = report.Exercises.Sum(item => item.PointsLater);
        string sum = $"Together: {Amount.Points(report.Points, report.PointsShown)}";
        return later > 0 ? $"{sum}; {Amount.Of(later)} more when graded." : $"{sum}.";
    }

    /// <summary>How to open a hint, in front of the command; null where there is none to open or nothing left to solve.</summary>
    internal static string? HintsLeft(CheckedExercise item)
    {
        int left = item.Exercise.Hints.Count - item.HintsOpened;
        return item.Solved || item.Exercise.Hints.Count == 0
            ? null
            : left == 0 ? "All hints are open; to read them again:" : $"{Amount.Count(left, "hint")} left:";
    }

    internal static string HintCommand(CheckedExercise item, CheckOptions options) =>
        options.HintCommand.Replace("{0}", item.Exercise.Id, StringComparison.Ordinal);

    internal static string HintName(CheckedExercise item, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"Hint {index + 1} of {item.Exercise.Hints.Count}");
}
