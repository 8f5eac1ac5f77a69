namespace MlOps.Drift.Sql;

/// <summary>The levels of a categorical column.</summary>
/// <param name="Distinct">How many there are on both sides together.</param>
/// <param name="Counts">How often each occurs; null if there are too many for a category.</param>
/// <param name="Notes">Whether rare ones were joined.</param>
internal sealed record LevelTable(long Distinct, LevelCounts? Counts, IReadOnlyList<string> Notes);
