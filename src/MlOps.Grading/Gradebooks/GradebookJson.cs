using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using MlOps.Grading.Results;

namespace MlOps.Grading.Gradebooks;

/// <summary>The shape of <c>gradebook.json</c>.</summary>
internal static class GradebookJson
{
    // Letters of every script stay readable; < > & ' are escaped, so the text is safe inside a page too.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    internal static string Text(Gradebook gradebook, IReadOnlyList<SubmissionResult> results, ManualMarks marks)
    {
        Dictionary<(string, int), SubmissionResult> byWeek = results.ToDictionary(result => (result.Student, result.Week));
        Dictionary<(string, int, string), GradedExercise> entries = gradebook.Entries.ToDictionary(entry => (entry.Student, entry.Week, entry.Exercise));
        var students = gradebook.Totals.Select(total => new Student(
            total.Student,
            total.Points,
            total.Max,
            [.. total.Weeks.Select(week => ToWeek(byWeek[(total.Student, week.Week)], week))]));
        return JsonSerializer.Serialize(new Book([.. students], gradebook.Notes), Options) + "\n";

        Week ToWeek(SubmissionResult result, WeekTotal week) =>
            new(week.Week, week.Points, week.Max, week.DaysLate, week.Dropped, result.Notes, [.. result.Exercises.Select(exercise => ToLine(result, exercise))]);

        Line ToLine(SubmissionResult result, ExerciseResult exercise)
        {
            GradedExercise entry = entries[(result.Student, result.Week, exercise.Exercise)];
            return new Line(
                exercise.Exercise,
                entry.Points,
                entry.Max,
                entry.DaysLate,
                entry.Status,
                exercise.Problems,
                exercise.Tests,
                [.. marks.For(result.Student, result.Week, exercise.Exercise).Select(mark => new Mark(mark.Criterion, mark.Max, mark.Points, mark.Comment))]);
        }
    }

    private sealed record Book(IReadOnlyList<Student> Students, IReadOnlyList<string> Notes);

    private sealed record Student([property: JsonPropertyName("student")] string Name, double Points, double Max, IReadOnlyList<Week> Weeks);

    private sealed record Week([property: JsonPropertyName("week")] int Number, double Points, double Max, int Late, bool Dropped, IReadOnlyList<string> Notes, IReadOnlyList<Line> Exercises);

    private sealed record Line(string Exercise, double Points, double Max, int Late, string Status, IReadOnlyList<string> Problems, IReadOnlyList<TestOutcome> Tests, IReadOnlyList<Mark> Marks);

    private sealed record Mark(string Criterion, double Max, double? Points, string Comment);
}
