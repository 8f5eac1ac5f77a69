namespace MlOps.Drift;

/// <summary>Two categorical samples counted by level.</summary>
/// <param name="Levels">The levels that occur on either side, in ordinal order.</param>
/// <param name="Reference">Reference rows per level.</param>
/// <param name="Current">Current rows per level.</param>
public sealed record LevelCounts(IReadOnlyList<string> Levels, IReadOnlyList<long> Reference, IReadOnlyList<long> Current);
