namespace MlOps.Grading.Similarity;

/// <summary>Lines of a file, both ends included, counted from 1.</summary>
/// <param name="First">The first line.</param>
/// <param name="Last">The last line.</param>
public readonly record struct LineRange(int First, int Last);
