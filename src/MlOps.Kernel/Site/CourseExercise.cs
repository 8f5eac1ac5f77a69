namespace MlOps.Kernel.Site;

/// <summary>An exercise, as the overview lists it.</summary>
/// <param name="Id">Its number, such as <c>12.3</c>.</param>
/// <param name="Title">Its title, in plain text.</param>
/// <param name="Points">The most points it brings.</param>
public sealed record CourseExercise(string Id, string Title, double Points);
