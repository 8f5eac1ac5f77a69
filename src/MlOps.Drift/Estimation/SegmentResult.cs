namespace MlOps.Drift.Estimation;

/// <summary>One segment's performance.</summary>
/// <param name="Column">The column that cuts the rows.</param>
/// <param name="Segment">Its value; <c>(missing)</c> where it has none.</param>
/// <param name="Count">Rows in the segment.</param>
/// <param name="Value">The metric in the segment; NaN where it is undefined.</param>
/// <param name="Lower">Lower end of its interval.</param>
/// <param name="Upper">Upper end of its interval.</param>
/// <param name="Rest">The metric on all other rows; NaN if there are none.</param>
/// <param name="PValue">Two-sided p-value of equality with the rest; null where the segment is too small or has no rest.</param>
/// <param name="AdjustedPValue">The same after the correction for many segments.</param>
/// <param name="TooSmall">Whether the segment has too few rows for the metric: then nothing is said about it.</param>
/// <param name="IsWorse">Whether it is worse than the rest at the level of the options, after the correction.</param>
public sealed record SegmentResult(
    string Column, string Segment, int Count, double Value, double Lower, double Upper, double Rest, double? PValue, double? AdjustedPValue, bool TooSmall, bool IsWorse);
