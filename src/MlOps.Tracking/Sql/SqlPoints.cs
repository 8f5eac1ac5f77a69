namespace MlOps.Tracking.Sql;

/// <summary>Points of a run, column by column: n keys, steps, times and values.</summary>
internal sealed record SqlPoints(long[] Keys, long[] Steps, long[] Times, long[] Values);
