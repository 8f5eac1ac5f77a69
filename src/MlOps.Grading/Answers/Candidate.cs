namespace MlOps.Grading.Answers;

/// <summary>An answer that was read: a canonical text, or nothing yet, or something that can be no answer.</summary>
/// <param name="IsAnswered">False for a placeholder: <c>?</c>, empty, null, NaN.</param>
/// <param name="Canonical">The canonical text; null if there is none.</param>
/// <param name="Problem">Why it can be no answer, where there is more to say than "wrong".</param>
internal sealed record Candidate(bool IsAnswered, string? Canonical, string? Problem)
{
    internal static Candidate Unset { get; } = new(false, null, null);

    internal static Candidate Of(string canonical) => new(true, canonical, null);

    internal static Candidate Unusable(string? problem) => new(true, null, problem);
}
