using MlOps.Grading.Exercises;
using MlOps.Grading.Feedback;
using MlOps.Grading.Gradebooks;
using MlOps.Grading.Results;
using MlOps.Grading.Similarity;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Running;

/// <summary>Writes what an instructor gets of a graded class: gradebooks, the queue of marks by hand, feedback pages, the class report.</summary>
public static class ClassFiles
{
    /// <summary>The instructor's marks, in the output folder.</summary>
    public const string ManualFile = "manual.csv";

    /// <summary>Writes all files. The same results, marks and policy give the same bytes.</summary>
    /// <param name="course">The course.</param>
    /// <param name="submissions">The class.</param>
    /// <param name="results">The results of <see cref="ClassGrading"/>.</param>
    /// <param name="policy">Due dates and what lateness costs.</param>
    /// <param name="times">When work was handed in.</param>
    /// <param name="outputFolder">The output folder.</param>
    /// <returns>The gradebook.</returns>
    /// <exception cref="InvalidDataException">A mark in <c>manual.csv</c> is wrong; nothing was written.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static Gradebook Write(
        ExerciseCourse course,
        IReadOnlyList<Submission> submissions,
        IReadOnlyList<SubmissionResult> results,
        GradingPolicy policy,
        SubmissionTimes times,
        string outputFolder)
    {
        ArgumentNullException.ThrowIfNull(course);
        ArgumentNullException.ThrowIfNull(submissions);
        ArgumentNullException.ThrowIfNull(results);
        ManualMarks marks = ManualMarks.Update(Path.Combine(outputFolder, ManualFile), results, course.Catalog.Find(null));
        var gradebook = Gradebook.Make(results, policy, marks, times);
        gradebook.WriteCsv(Path.Combine(outputFolder, "gradebook.csv"));
        gradebook.WriteJson(Path.Combine(outputFolder, "gradebook.json"));
        gradebook.WriteCanvasCsv(Path.Combine(outputFolder, "canvas.csv"));
        gradebook.WriteMoodleCsv(Path.Combine(outputFolder, "moodle.csv"));

        Dictionary<string, string> keys = submissions.ToDictionary(submission => submission.Student, submission => submission.Key);
        StudentGrades[] grades = [.. results.GroupBy(result => result.Student).Select(student => Grades(course, student, gradebook, marks))];
        foreach (StudentGrades student in grades)
        {
            AtomicFile.Write(Path.Combine(outputFolder, "feedback", keys[student.Student] + ".html"), FeedbackPage.ToHtml(student), lasting: false);
        }

        ExerciseWeek[] weeks = [.. course.Catalog.Weeks.Where(week => results.Any(result => result.Week == week.Number))];
        string title = (weeks.Length == 1 ? "Week " : "Weeks ") + string.Join(", ", weeks.Select(week => week.Number));
        var report = new ClassReport(title, grades) { Similarity = Compare(weeks, submissions, results) };
        AtomicFile.Write(Path.Combine(outputFolder, "report.html"), report.ToHtml());
        return gradebook;
    }

    /// <summary>Makes the pages of nobody in the background, while the compiler loads: their code is then ready when the results are.</summary>
    internal static void Warm(ExerciseCourse course, ExerciseWeek week) => new Thread(() =>
    {
        var nobody = new SubmissionResult("nobody", week.Number, [.. week.Exercises.Select(exercise => new ExerciseResult(exercise.Id, exercise.Points, ExerciseStatus.Graded, []))]);
        var gradebook = Gradebook.Make([nobody], GradingPolicy.None, ManualMarks.None, SubmissionTimes.None);
        StudentGrades grades = Grades(course, new[] { nobody }.GroupBy(result => result.Student).Single(), gradebook, ManualMarks.None);
        GradebookJson.Text(gradebook, [nobody], ManualMarks.None);
        FeedbackPage.ToHtml(grades);
        new ClassReport("nobody", [grades]).ToHtml();
    }) { IsBackground = true, Name = "pages warm-up" }.Start();

    private static StudentGrades Grades(ExerciseCourse course, IGrouping<string, SubmissionResult> student, Gradebook gradebook, ManualMarks marks) =>
        new(student.Key, [.. student.OrderBy(result => result.Week).Select(result => Grade(course.Catalog.Weeks.Single(week => week.Number == result.Week), result, gradebook, marks))]);

    private static WeekGrade Grade(ExerciseWeek week, SubmissionResult result, Gradebook gradebook, ManualMarks marks)
    {
        var grade = new WeekGrade(week, result)
        {
            Marks = [.. result.Exercises.Select(exercise => Mark(exercise, marks.For(result.Student, week.Number, exercise.Exercise))).OfType<InstructorMark>()],
        };
        WeekTotal total = gradebook.Totals.Single(candidate => candidate.Student == result.Student).Weeks.Single(candidate => candidate.Week == week.Number);
        return grade with { LateDays = total.DaysLate, Dropped = total.Dropped, Penalty = Math.Max(0, Math.Round(grade.Earned - total.Points, 4)) };
    }

    private static InstructorMark? Mark(ExerciseResult exercise, IReadOnlyList<ManualMark> given)
    {
        if (given.FirstOrDefault(mark => mark is { IsRegrade: true, Points: not null }) is { } regrade)
        {
            return new InstructorMark(exercise.Exercise, regrade.Points, regrade.Comment);
        }

        ManualMark[] rows = [.. given.Where(mark => !mark.IsRegrade)];
        if (exercise.Status != ExerciseStatus.AwaitsMarks || rows.All(row => row.Points is null))
        {
            return null;
        }

        double points = Math.Min(exercise.Max, exercise.Points + rows.Sum(row => row.Points ?? 0));
        return new InstructorMark(exercise.Exercise, points, string.Empty)
        {
            Complete = rows.All(row => row.Points is not null),
            Criteria = [.. rows.Select(row => new CriterionMark(row.Criterion, row.Points, row.Max, row.Comment))],
        };
    }

    /// <summary>Only code is compared: choices and numbers are alike when they are right. And only what compiles: other texts may break whoever reads them.</summary>
    private static Dictionary<string, SimilarityResult> Compare(IEnumerable<ExerciseWeek> weeks, IReadOnlyList<Submission> submissions, IReadOnlyList<SubmissionResult> results)
    {
        ILookup<string, string> compiled = results
            .SelectMany(result => result.Exercises.Where(exercise => exercise.Status == ExerciseStatus.Graded).Select(exercise => (exercise.Exercise, result.Student)))
            .ToLookup(pair => pair.Exercise, pair => pair.Student);
        var compared = new Dictionary<string, SimilarityResult>();
        foreach (ExerciseWeek week in weeks)
        {
            foreach (Exercise exercise in week.Exercises.Where(exercise => exercise.Kind == ExerciseKind.Code))
            {
                HashSet<string> students = [.. compiled[exercise.Id]];
                (string, string)[] sources = [.. submissions.Where(submission => students.Contains(submission.Student)).Select(submission => (submission.Student, Text(submission, exercise)))];
                compared[exercise.Id] = CodeSimilarity.Compare(sources, File.ReadAllText(week.StarterOf(exercise)));
            }
        }

        return compared;
    }

    private static string Text(Submission submission, Exercise exercise) =>
        submission.Find(exercise, out _)?.Bytes is { } bytes ? SourceText.Decode(bytes) : string.Empty;
}
