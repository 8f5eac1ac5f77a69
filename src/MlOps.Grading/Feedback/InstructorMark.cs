namespace MlOps.Grading.Feedback;

/// <summary>What the instructor says of one exercise of one student.</summary>
/// <param name="Exercise">The exercise's number.</param>
/// <param name="Points">The points given, in place of those earned in tests; null leaves the tests' points and only comments.</param>
/// <param name="Comment">Words for the student; empty for none.</param>
public sealed record InstructorMark(string Exercise, double? Points, string Comment)
{
    /// <summary>Gets whether the instructor is done with the exercise.</summary>
    /// <value>Default: true. False while rows of the rubric are open; <see cref="Points"/> is then the sum so far.</value>
    public bool Complete { get; init; } = true;

    /// <summary>Gets the points by criterion, for an essay; may be empty. They explain <see cref="Points"/> and are not added to it.</summary>
    public IReadOnlyList<CriterionMark> Criteria { get; init; } = [];
}
