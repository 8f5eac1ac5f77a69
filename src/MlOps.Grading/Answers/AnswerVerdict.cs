namespace MlOps.Grading.Answers;

/// <summary>What an <see cref="AnswerKey"/> says about one answer.</summary>
/// <param name="IsRight">Whether it is the right answer.</param>
/// <param name="Why">Why it is wrong, in words for the student; null if it is right, or wrong for a reason nobody foresaw.</param>
/// <param name="IsAnswered">False while the starter's placeholder is still there; then <paramref name="IsRight"/> is false too.</param>
public sealed record AnswerVerdict(bool IsRight, string? Why, bool IsAnswered)
{
    internal static AnswerVerdict NotYet { get; } = new(false, "There is no answer yet.", IsAnswered: false);

    internal static AnswerVerdict Right { get; } = new(true, null, IsAnswered: true);

    internal static AnswerVerdict Wrong(string? why) => new(false, why, IsAnswered: true);
}
