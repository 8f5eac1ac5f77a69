namespace MlOps.Drift.Sketches;

/// <summary>A level of a categorical column and how often it occurs.</summary>
/// <param name="Level">The text.</param>
/// <param name="Count">Occurrences: exact, or too low by at most <see cref="FrequentLevels.MaxError"/>.</param>
public readonly record struct LevelCount(string Level, long Count);
