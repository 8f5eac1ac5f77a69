using MlOps.Grading.Exercises;
using MlOps.Grading.Feedback;
using MlOps.Grading.Results;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Running;

/// <summary>Checks a student's own files: what <c>./mlops check</c> and <c>Check("12.3")</c> do.</summary>
public static class StudentCheck
{
    private const long LargestFile = 1 << 20;

    /// <summary>Checks exercises, several at the same time.</summary>
    /// <param name="course">The course.</param>
    /// <param name="exercises">What to check.</param>
    /// <param name="exercisesFolder">The student's folder <c>exercises</c>; the course's own if the student works in it.</param>
    /// <param name="selection">Which tests to run.</param>
    /// <param name="progress">Where to remember the outcome and the hints opened; null to remember nothing.</param>
    /// <param name="openHint">Opens the next hint of each exercise.</param>
    /// <param name="options">How the report is shown; null for a terminal.</param>
    public static CheckReport Run(
        ExerciseCourse course,
        IReadOnlyList<Exercise> exercises,
        string exercisesFolder,
        TestSelection selection,
        ProgressStore? progress = null,
        bool openHint = false,
        CheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(exercises);
        string folder = Path.GetFullPath(exercisesFolder);
        bool isOwn = folder == course.Catalog.Folder;
        ExerciseResult[] results = new ExerciseResult[exercises.Count];
        Workers.Run(exercises.Count, Environment.ProcessorCount, i => results[i] = Grade(course, exercises[i], folder, isOwn, selection));
        CheckedExercise[] all = [.. exercises.Zip(results, (exercise, result) => Remember(exercise, result, PathOf(course, exercise, folder), progress, openHint))];
        progress?.Save();
        return new CheckReport(all, (options ?? new CheckOptions()) with { ShowHints = openHint });
    }

    private static CheckedExercise Remember(Exercise exercise, ExerciseResult result, string file, ProgressStore? progress, bool openHint)
    {
        if (openHint)
        {
            progress?.OpenHint(exercise.Id, exercise.Hints.Count);
        }

        var item = new CheckedExercise(exercise, result, progress?.Of(exercise.Id).HintsOpened ?? (openHint ? 1 : 0));
        progress?.Checked(exercise.Id, result.Points, result.Tests.Sum(test => test.Points), file);
        return item;
    }

    private static ExerciseResult Grade(ExerciseCourse course, Exercise exercise, string folder, bool isOwn, TestSelection selection)
    {
        var file = new FileInfo(PathOf(course, exercise, folder));
        if (file is { Exists: true, Length: > LargestFile })
        {
            return ExerciseGrader.Unreadable(course, exercise, FormattableString.Invariant($"{exercise.File} has {file.Length / 1e6:0.0} MB; at most 1 MB is read."), selection);
        }

        try
        {
            string? source = file.Exists ? SourceText.Decode(File.ReadAllBytes(file.FullName)) : null;
            // Who works in the course's own folder has written over the starter.
            string? starter = isOwn ? null : File.ReadAllText(course.Catalog.WeekOf(exercise).StarterOf(exercise));
            return ExerciseGrader.Grade(course, exercise, source, starter, selection);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return ExerciseGrader.Unreadable(course, exercise, e.Message, selection);
        }
    }

    private static string PathOf(ExerciseCourse course, Exercise exercise, string folder) =>
        Path.Combine(folder, Path.GetFileName(course.Catalog.WeekOf(exercise).Folder), exercise.File);
}
