namespace MlOps.Drift.Reporting;

/// <summary>What is known of one column on both sides when its values are elsewhere: in a database, or long gone through a sketch.</summary>
/// <param name="Name">The column.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Type">How its values were read.</param>
internal sealed record ColumnSummary(string Name, RowCounts Missing, DriftColumnType Type)
{
    /// <summary>The bins of a numeric column's psi, jensen-shannon and kl; null for other columns.</summary>
    internal BinCounts? Bins { get; init; }

    /// <summary>Equally wide bins for the eye; null if nobody counted them.</summary>
    internal BinCounts? Histogram { get; init; }

    /// <summary>The counts of a categorical column; null for numeric ones.</summary>
    internal LevelCounts? Levels { get; init; }

    /// <summary>The largest distance of the two distribution functions and where it lies; null if unknown.</summary>
    internal (double Statistic, double Location)? Ks { get; init; }

    /// <summary>W₁ in the unit of the column; null if unknown.</summary>
    internal double? Wasserstein { get; init; }

    /// <summary>The standard deviation of the reference, with divisor n.</summary>
    internal double ReferenceDeviation { get; init; }

    /// <summary>What a reader should know, such as the error of a sketch.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The present values on both sides.</summary>
    internal RowCounts Present => Bins is { } bins
        ? new RowCounts(bins.Reference.Sum(), bins.Current.Sum())
        : new RowCounts(Levels!.Reference.Sum(), Levels.Current.Sum());
}
