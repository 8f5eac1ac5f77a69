namespace MlOps.Grading.Gradebooks;

/// <summary>What a policy says of one week.</summary>
/// <param name="Due">The last moment that is on time; null if the week is never late.</param>
/// <param name="Title">The name of the week's column in files for learning platforms; null for <c>Week 12</c>.</param>
public sealed record WeekPolicy(DateTimeOffset? Due, string? Title = null);
