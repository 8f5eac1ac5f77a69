namespace MlOps.Grading.Results;

/// <summary>One exercise of one submission, before late penalties.</summary>
/// <param name="Exercise">The exercise's number, such as <c>12.3</c>.</param>
/// <param name="Max">The most it could bring.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Tests">The tests that were asked for; empty where none ran.</param>
public sealed record ExerciseResult(string Exercise, double Max, ExerciseStatus Status, IReadOnlyList<TestOutcome> Tests)
{
    /// <summary>Gets the points earned in tests.</summary>
    public double Points => Tests.Sum(test => test.Earned);

    /// <summary>Gets why there is nothing to grade, or what the compiler said: one line a problem; empty where all is well.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
