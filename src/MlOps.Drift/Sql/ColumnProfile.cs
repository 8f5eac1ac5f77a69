namespace MlOps.Drift.Sql;

/// <summary>What one scan tells of a column on one side.</summary>
/// <param name="Rows">All rows.</param>
/// <param name="Present">Rows with a value that is not NaN.</param>
/// <param name="NaN">Rows that hold NaN; missing as NULL is.</param>
/// <param name="Infinite">Rows that hold an infinity.</param>
/// <param name="Kind">How the values are read.</param>
internal sealed record ColumnProfile(long Rows, long Present, long NaN, long Infinite, ColumnKind Kind)
{
    /// <summary>Smallest and largest finite value; NaN if there is none.</summary>
    internal (double Min, double Max) Range { get; init; } = (double.NaN, double.NaN);

    /// <summary>A value near the mean, to take deviations from; not the mean itself where there are enormous values.</summary>
    internal double Centre { get; init; } = double.NaN;

    /// <summary>Numbers and texts (or bytes) in one column, which only an engine without column types has.</summary>
    internal (long Numbers, long Texts) Mixture { get; init; }

    internal bool IsEmpty => Present == 0;
}
