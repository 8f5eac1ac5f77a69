namespace MlOps.Grading.Exercises;

/// <summary>One criterion by which an instructor marks an essay.</summary>
/// <param name="Criterion">What to look for, in one sentence.</param>
/// <param name="Points">The most it can bring, above 0.</param>
public sealed record RubricRow(string Criterion, double Points);
