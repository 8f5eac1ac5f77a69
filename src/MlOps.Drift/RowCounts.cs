namespace MlOps.Drift;

/// <summary>A number of rows on either side of a comparison.</summary>
/// <param name="Reference">Rows of the reference.</param>
/// <param name="Current">Rows of the current table.</param>
public readonly record struct RowCounts(long Reference, long Current);
