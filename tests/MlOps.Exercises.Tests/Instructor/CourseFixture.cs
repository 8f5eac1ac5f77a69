using System.Runtime.CompilerServices;
using MlOps.Grading.Exercises;
using MlOps.Grading.Results;
using MlOps.Grading.Running;

namespace MlOps.Exercises.Tests.Instructor;

/// <summary>The course as an instructor has it, and what its tests say of a file.</summary>
internal static class CourseFixture
{
    internal static string Root { get; } = FindRoot();

    internal static ExerciseCourse Course { get; } = ExerciseCourse.Open(Path.Combine(Root, "exercises"), typeof(CourseFixture).Assembly);

    internal static TheoryData<string> Exercises(Func<Exercise, bool>? choose = null) =>
        new(Course.Catalog.Find(null).Where(choose ?? (_ => true)).Select(exercise => exercise.Id));

    internal static Exercise Exercise(string id) => Course.Catalog.Find(id).Single();

    internal static ExerciseWeek Week(string id) => Course.Catalog.WeekOf(Exercise(id));

    /// <summary>Grades a file as an attempt, whatever it is.</summary>
    internal static ExerciseResult Grade(string id, string file) =>
        ExerciseGrader.Grade(Course, Exercise(id), File.ReadAllText(file), starter: string.Empty, TestSelection.All);

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
