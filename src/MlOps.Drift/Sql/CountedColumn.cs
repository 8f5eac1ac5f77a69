namespace MlOps.Drift.Sql;

/// <summary>A numeric column counted into bins.</summary>
internal sealed record CountedColumn(BinCounts Bins, BinCounts Histogram, double ReferenceDeviation);
