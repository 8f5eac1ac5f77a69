using MlOps.Grading.Results;

namespace MlOps.Grading.Gradebooks;

/// <summary>What everybody gets: results, marks by hand, regrades and late penalties put together.</summary>
/// <remarks>
/// Points of an exercise: <c>(tests + marks) · (1 − lost)</c>, where <c>lost</c> is the share that lateness costs; a regrade replaces all of it.
/// Sums are taken in decimal arithmetic. Nothing here holds a time, a duration or the name of a machine: the same input gives the same bytes.
/// </remarks>
public sealed partial class Gradebook
{
    private const int Decimals = 4;
    private readonly SubmissionResult[] _results;
    private readonly GradingPolicy _policy;
    private readonly ManualMarks _marks;

    private Gradebook(SubmissionResult[] results, GradingPolicy policy, ManualMarks marks, SubmissionTimes times)
    {
        (_results, _policy, _marks) = (results, policy, marks);
        Entries = [.. results.SelectMany(result => result.Exercises.Select(exercise => Grade(result, exercise, policy.DaysLate(result.Student, result.Week, times.Find(result.Student, result.Week)))))];
        Totals = [.. Entries.GroupBy(entry => entry.Student).Select(Total)];
        IEnumerable<string> strangers = policy.Extensions.Select(extension => extension.Student).Except(results.Select(result => result.Student)).Order(StringComparer.Ordinal).Select(student => $"The policy extends a deadline for '{student}', who has no submission.");
        Notes = [.. marks.Notes, .. times.Notes, .. strangers];
    }

    /// <summary>Gets one entry for each exercise of each student: by student in ordinal order, then week, then the order of the exercises.</summary>
    public IReadOnlyList<GradedExercise> Entries { get; }

    /// <summary>Gets one entry for each student, in ordinal order.</summary>
    public IReadOnlyList<StudentTotal> Totals { get; }

    /// <summary>Gets what the instructor should look at: names that nobody has, marks that do not count.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Puts a gradebook together.</summary>
    /// <param name="results">One result a student and week, in any order.</param>
    /// <param name="policy">When work is due and what lateness costs.</param>
    /// <param name="marks">What the instructor gave by hand.</param>
    /// <param name="times">When work was handed in.</param>
    /// <exception cref="ArgumentException">Two results are for the same student and week.</exception>
    public static Gradebook Make(IEnumerable<SubmissionResult> results, GradingPolicy policy, ManualMarks marks, SubmissionTimes times)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(marks);
        ArgumentNullException.ThrowIfNull(times);
        SubmissionResult[] sorted = [.. results.OrderBy(result => result.Student, StringComparer.Ordinal).ThenBy(result => result.Week)];
        return sorted.GroupBy(result => (result.Student, result.Week)).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new ArgumentException($"There are {twice.Count()} results for {twice.Key.Student}, week {twice.Key.Week}; one is needed.", nameof(results))
            : new Gradebook(sorted, policy, marks, times);
    }

    private GradedExercise Grade(SubmissionResult result, ExerciseResult exercise, int daysLate)
    {
        IReadOnlyList<ManualMark> marks = _marks.For(result.Student, result.Week, exercise.Exercise);
        int counted = exercise.Status == ExerciseStatus.Missing ? 0 : daysLate;
        if (marks.FirstOrDefault(mark => mark is { IsRegrade: true, Points: not null }) is { } regrade)
        {
            return new GradedExercise(result.Student, result.Week, exercise.Exercise, Rounded((decimal)regrade.Points!.Value), exercise.Max, counted, StatusText(ExerciseStatus.Graded));
        }

        ManualMark[] given = exercise.Status == ExerciseStatus.AwaitsMarks ? [.. marks.Where(mark => !mark.IsRegrade)] : [];
        bool complete = given.Length > 0 && given.All(mark => mark.Points is not null);
        decimal earned = Math.Min((decimal)exercise.Max, (decimal)exercise.Points + given.Sum(mark => (decimal)(mark.Points ?? 0)));
        decimal points = earned * (1 - (decimal)_policy.Late.LostShare(counted));
        return new GradedExercise(result.Student, result.Week, exercise.Exercise, Rounded(points), exercise.Max, counted, StatusText(complete ? ExerciseStatus.Graded : exercise.Status));
    }

    private StudentTotal Total(IGrouping<string, GradedExercise> entries)
    {
        WeekTotal[] weeks =
        [
            .. entries.GroupBy(entry => entry.Week).Select(week => new WeekTotal(
                week.Key, (double)week.Sum(entry => (decimal)entry.Points), (double)week.Sum(entry => (decimal)entry.Max), week.Max(entry => entry.DaysLate), false)),
        ];
        HashSet<int> dropped = [.. weeks.OrderBy(Share).ThenBy(week => week.Week).Take(Math.Min(_policy.DropLowest, weeks.Length - 1)).Select(week => week.Week)];
        weeks = [.. weeks.Select(week => week with { Dropped = dropped.Contains(week.Week) })];
        WeekTotal[] counting = [.. weeks.Where(week => !week.Dropped)];
        return new StudentTotal(entries.Key, (double)counting.Sum(week => (decimal)week.Points), (double)counting.Sum(week => (decimal)week.Max), weeks);
    }

    private static decimal Share(WeekTotal week) => week.Max > 0 ? (decimal)week.Points / (decimal)week.Max : 1;

    private static double Rounded(decimal points) => (double)Math.Round(points, Decimals, MidpointRounding.AwayFromZero);

    private static string StatusText(ExerciseStatus status) => status switch
    {
        ExerciseStatus.Graded => "graded",
        ExerciseStatus.NotAttempted => "not attempted",
        ExerciseStatus.Missing => "missing",
        ExerciseStatus.Unreadable => "unreadable",
        ExerciseStatus.DoesNotCompile => "does not compile",
        ExerciseStatus.AwaitsMarks => "awaits marks",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "There is no such status."),
    };
}
