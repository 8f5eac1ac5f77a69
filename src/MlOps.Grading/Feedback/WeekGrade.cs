using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>One student's week with everything that decides the points.</summary>
public sealed record WeekGrade
{
    /// <summary>Joins a week and its results.</summary>
    /// <param name="week">What was asked.</param>
    /// <param name="submission">What became of it.</param>
    /// <exception cref="ArgumentException">The submission is for another week, or has a result for an exercise that the week has not.</exception>
    public WeekGrade(ExerciseWeek week, SubmissionResult submission)
    {
        ArgumentNullException.ThrowIfNull(week);
        ArgumentNullException.ThrowIfNull(submission);
        if (submission.Week != week.Number)
        {
            throw new ArgumentException($"The submission is for week {submission.Week}; week {week.Number} needs its own.", nameof(submission));
        }

        string? unknown = submission.Exercises.Select(result => result.Exercise).Except(week.Exercises.Select(exercise => exercise.Id)).FirstOrDefault();
        if (unknown is not null)
        {
            throw new ArgumentException($"The submission has a result for exercise {unknown}, which week {week.Number} has not.", nameof(submission));
        }

        Week = week;
        Submission = submission;
    }

    /// <summary>Gets what was asked.</summary>
    public ExerciseWeek Week { get; }

    /// <summary>Gets what the tests found.</summary>
    public SubmissionResult Submission { get; }

    /// <summary>Gets the marks and comments of the instructor.</summary>
    public IReadOnlyList<InstructorMark> Marks { get; init; } = [];

    /// <summary>Gets how late it came.</summary>
    /// <value>Days ≥ 0; 0 is in time.</value>
    public double LateDays { get; init => field = Guard.NonNegative(value, nameof(LateDays)); }

    /// <summary>Gets the points taken off for it.</summary>
    /// <value>Points ≥ 0.</value>
    public double Penalty { get; init => field = Guard.NonNegative(value, nameof(Penalty)); }

    /// <summary>Gets whether the week is left out of the student's total, as one of the lowest.</summary>
    public bool Dropped { get; init; }

    /// <summary>Gets the points before the penalty.</summary>
    public double Earned => Week.Exercises.Sum(PointsOf);

    /// <summary>Gets the points that count, never below 0.</summary>
    public double Points => Math.Max(0, Earned - Penalty);

    /// <summary>Gets whether anything was handed in: a file for at least one exercise.</summary>
    public bool HandedIn => Submission.Exercises.Any(result => result.Status != ExerciseStatus.Missing);

    /// <summary>The result of one of the week's exercises; an exercise that has none counts as missing.</summary>
    public ExerciseResult ResultOf(Exercise exercise) =>
        Submission.Exercises.FirstOrDefault(result => result.Exercise == exercise.Id)
        ?? new ExerciseResult(exercise.Id, exercise.Points, ExerciseStatus.Missing, []);

    /// <summary>The instructor's word on one exercise; null if there is none.</summary>
    public InstructorMark? MarkOf(Exercise exercise) => Marks.FirstOrDefault(mark => mark.Exercise == exercise.Id);

    /// <summary>The points of one exercise before the penalty: the instructor's if given, else those earned in tests.</summary>
    public double PointsOf(Exercise exercise) => MarkOf(exercise)?.Points ?? ResultOf(exercise).Points;

    /// <summary>Whether an exercise still waits for the instructor.</summary>
    public bool AwaitsMarks(Exercise exercise) =>
        ResultOf(exercise).Status == ExerciseStatus.AwaitsMarks && MarkOf(exercise) is not { Points: not null, Complete: true };
}
