namespace MlOps.Kernel.Site;

/// <summary>One week of the course plan, written or not.</summary>
/// <param name="Number">The number of the week, from 1. The page whose slug begins with it (<c>week07-…</c>) is its page.</param>
/// <param name="Title">What the overview calls the week while it has no page.</param>
public sealed record CourseWeek(int Number, string Title)
{
    /// <summary>Gets the exercises of the week, in order; default: none.</summary>
    public IReadOnlyList<CourseExercise> Exercises { get; init; } = [];

    /// <summary>Gets the slug of the document that states the exercises, each under a heading that begins with its number; null if there is none.</summary>
    public string? ExercisePage { get; init; }
}
