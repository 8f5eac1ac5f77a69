namespace MlOps.Grading.Feedback;

/// <summary>All graded weeks of one student.</summary>
/// <param name="Student">The name under which the student hands in.</param>
/// <param name="Weeks">One entry for each week graded, in the order to show them.</param>
public sealed record StudentGrades(string Student, IReadOnlyList<WeekGrade> Weeks)
{
    /// <summary>Gets the points that count: after marks and penalties, without dropped weeks.</summary>
    public double Points => Counting.Sum(week => week.Points);

    /// <summary>Gets the most the weeks that count could bring.</summary>
    public double Max => Counting.Sum(week => week.Week.Points);

    private IEnumerable<WeekGrade> Counting => Weeks.Where(week => !week.Dropped);
}
