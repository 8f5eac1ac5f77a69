namespace MlOps.Drift.Windows;

/// <summary>A stretch of the year in which the data are expected to differ, in one year.</summary>
/// <param name="Name">The same in every year, such as <c>festival</c>: this is how last year's is found.</param>
/// <param name="Period">When it was, or will be, in this year.</param>
public sealed record Season(string Name, Period Period);
