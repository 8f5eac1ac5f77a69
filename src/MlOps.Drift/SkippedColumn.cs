namespace MlOps.Drift;

/// <summary>A column that a drift report has left out.</summary>
/// <param name="Name">The column.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record SkippedColumn(string Name, string Reason);
