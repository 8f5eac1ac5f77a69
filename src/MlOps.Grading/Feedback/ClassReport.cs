using MlOps.Grading.Exercises;
using MlOps.Grading.Results;
using MlOps.Grading.Similarity;

namespace MlOps.Grading.Feedback;

/// <summary>What an instructor sees of a class: who needs a hand, how totals and exercises came out, what failed most, which solutions look alike.</summary>
/// <remarks>
/// For instructors only: it holds held-back tests, messages and other students' code. A week a student handed nothing in for brings 0
/// points to the total, and the student is left out of the statistics of its exercises. An exercise that waits for anyone's marks is left out of them too.
/// </remarks>
public sealed record ClassReport
{
    /// <summary>Makes the report of a class.</summary>
    /// <param name="title">What the page is called, such as <c>Week 12</c>.</param>
    /// <param name="students">Each student once.</param>
    /// <exception cref="ArgumentException">The title is blank, or a student is there twice.</exception>
    public ClassReport(string title, IReadOnlyList<StudentGrades> students)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(students);
        string? twice = students.GroupBy(student => student.Student, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ArgumentException($"Each student has one entry with all weeks; '{twice}' is there twice.", nameof(students));
        }

        Title = title;
        Students = students;
        Weeks = [.. students.SelectMany(student => student.Weeks).Select(week => week.Week).DistinctBy(week => week.Number).OrderBy(week => week.Number)];
        Exercises = [.. Weeks.SelectMany(week => Compute(week))];
        Failures = CommonFailure.Find(students.SelectMany(student => student.Weeks).Select(week => week.Submission));
    }

    /// <summary>Gets what the page is called.</summary>
    public string Title { get; }

    /// <summary>Gets the students.</summary>
    public IReadOnlyList<StudentGrades> Students { get; }

    /// <summary>Gets the weeks that at least one student has, in order.</summary>
    public IReadOnlyList<ExerciseWeek> Weeks { get; }

    /// <summary>Gets the statistics of the exercises, week by week; those that wait for marks are not among them.</summary>
    public IReadOnlyList<ItemStatistics> Exercises { get; }

    /// <summary>Gets the tests that were failed, most students first.</summary>
    public IReadOnlyList<CommonFailure> Failures { get; }

    /// <summary>Gets what the comparison of solutions found, by exercise number.</summary>
    /// <value>Default: empty; the page then says that solutions were not compared.</value>
    public IReadOnlyDictionary<string, SimilarityResult> Similarity { get; init; } = new Dictionary<string, SimilarityResult>();

    /// <summary>Gets the points the weeks of the report could bring.</summary>
    public double Max => Weeks.Sum(week => week.Points);

    /// <summary>Gets the share of <see cref="Max"/> that each student who handed in anything has, in the order of the students.</summary>
    /// <remarks>A student's dropped weeks are left out above and below the line; a week without a submission counts 0.</remarks>
    public IReadOnlyList<double> Totals =>
    [
        .. from student in Students
           where student.Weeks.Any(week => week.HandedIn)
           let counting = Max - student.Weeks.Where(week => week.Dropped).Sum(week => week.Week.Points)
           where counting > 0
           select student.Points / counting,
    ];

    /// <summary>The report as one self-contained page with charts, without script.</summary>
    public string ToHtml() => ClassPage.Write(this);

    internal IEnumerable<(StudentGrades Student, WeekGrade Grade)> HandedIn(ExerciseWeek week) =>
        from student in Students
        from grade in student.Weeks
        where grade.Week.Number == week.Number && grade.HandedIn
        select (student, grade);

    internal IEnumerable<ExerciseStatus> Statuses(ExerciseWeek week, Exercise exercise) =>
        HandedIn(week).Select(entry => entry.Grade.ResultOf(exercise).Status is ExerciseStatus.AwaitsMarks && !entry.Grade.AwaitsMarks(exercise)
            ? ExerciseStatus.Graded
            : entry.Grade.ResultOf(exercise).Status);

    private IReadOnlyList<ItemStatistics> Compute(ExerciseWeek week)
    {
        WeekGrade[] grades = [.. HandedIn(week).Select(entry => entry.Grade)];
        Exercise[] marked = [.. week.Exercises.Where(exercise => !grades.Any(grade => grade.AwaitsMarks(exercise)))];
        return ItemStatistics.Compute(
            [.. marked.Select(exercise => (exercise.Id, exercise.Points))],
            [.. grades.Select(grade => (IReadOnlyList<double>)[.. marked.Select(grade.PointsOf)])]);
    }
}
