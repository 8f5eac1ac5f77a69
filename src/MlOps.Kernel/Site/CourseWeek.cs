namespace MlOps.Kernel.Site;

/// <summary>One week of the course plan, written or not.</summary>
/// <param name="Number">The number of the week, from 1. The page whose slug begins with it (<c>week07-…</c>) is its page.</param>
/// <param name="Title">What the index calls the week while it has no page.</param>
public sealed record CourseWeek(int Number, string Title);
