namespace MlOps.Grading.Results;

/// <summary>One student's week.</summary>
/// <param name="Student">The name of the student's folder or archive.</param>
/// <param name="Week">The week.</param>
/// <param name="Exercises">One result for each exercise of the week, in order.</param>
public sealed record SubmissionResult(string Student, int Week, IReadOnlyList<ExerciseResult> Exercises)
{
    /// <summary>Gets what the instructor should know of the submission as a whole: an archive that could not be read, a second submission under the same name.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
