using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>Something that a person has to look at.</summary>
/// <param name="Where">The week or the exercise.</param>
/// <param name="What">What the matter is.</param>
/// <param name="Students">Whom it concerns.</param>
internal sealed record OpenMatter(string Where, string What, IReadOnlyList<string> Students)
{
    internal static IReadOnlyList<OpenMatter> Of(ClassReport report) =>
    [
        .. from found in report.Students.SelectMany(student => student.Weeks.SelectMany(Found), (student, found) => (student.Student, found.Where, found.What))
           group found.Student by (found.Where, found.What) into matter
           select new OpenMatter(matter.Key.Where, matter.Key.What, [.. matter.Distinct()]),
    ];

    private static IEnumerable<(string Where, string What)> Found(WeekGrade grade)
    {
        foreach (string note in grade.Submission.Notes)
        {
            yield return (FormattableString.Invariant($"week {grade.Week.Number}"), note);
        }

        foreach (Exercise exercise in grade.Week.Exercises)
        {
            ExerciseResult result = grade.ResultOf(exercise);
            if (grade.AwaitsMarks(exercise))
            {
                yield return (exercise.Id, "Awaits marks.");
            }

            if (result.Status == ExerciseStatus.Unreadable && result.Problems.Count == 0)
            {
                yield return (exercise.Id, "The file could not be read.");
            }

            // What the compiler says is for the student; a problem with any other file is for a person.
            foreach (string problem in result.Status is ExerciseStatus.DoesNotCompile or ExerciseStatus.NotAttempted or ExerciseStatus.Missing ? [] : result.Problems)
            {
                yield return (exercise.Id, problem);
            }
        }
    }
}
