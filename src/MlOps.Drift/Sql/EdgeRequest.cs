using MlOps.Drift.Reporting;

namespace MlOps.Drift.Sql;

/// <summary>The edges into which a column is to be counted: the bins of its tests and those of its picture.</summary>
internal sealed record EdgeRequest(SqlColumnPair Column, double[] Bins, double[] Histogram)
{
    internal static EdgeRequest Of(SqlColumnPair column, NumericShape shape, Binning binning)
    {
        (double min, double max) = column.ReferenceProfile.Range;
        double low = Math.Min(shape.ReferenceQuantile(RoundBins.Tail), shape.CurrentQuantile(RoundBins.Tail));
        double high = Math.Max(shape.ReferenceQuantile(1 - RoundBins.Tail), shape.CurrentQuantile(1 - RoundBins.Tail));
        return new EdgeRequest(column, binning.Edges(shape.ReferenceQuantile, min, max), RoundBins.Edges(low, high));
    }
}
