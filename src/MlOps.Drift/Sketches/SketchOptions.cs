namespace MlOps.Drift.Sketches;

/// <summary>How large, and so how accurate, the sketches of a table are. Sketches that are to be merged or compared need equal ones, the seed and the threads apart.</summary>
public sealed record SketchOptions
{
    /// <summary>Gets k of the quantiles of numeric columns; see <see cref="QuantileSketch"/>. Default 2048: ranks within 0.11 % of the rows.</summary>
    public int Accuracy { get; init; } = QuantileSketch.DefaultAccuracy;

    /// <summary>Gets p of the distinct counts; see <see cref="DistinctSketch"/>. Default 14: a standard error of 0.81 %.</summary>
    public int DistinctPrecision { get; init; } = DistinctSketch.DefaultPrecision;

    /// <summary>Gets the levels of a text column that are counted exactly; a column with more cannot be compared. Default 65,536.</summary>
    public int LevelCapacity { get; init; } = FrequentLevels.DefaultCapacity;

    /// <summary>Gets the edges at which numeric columns are counted exactly as well, by column name; none by default.
    /// <see cref="TableSketch.BinEdges"/> of a reference gives those of a drift report.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Edges { get; init; } = new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>Gets the seed of the random starts in the quantiles, which also depend on the data. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>Gets the number of parts sketched at the same time by <see cref="TableSketch.Of"/>; −1, the default, uses every core. The
    /// result is the same.</summary>
    public int MaxDegreeOfParallelism { get; init; } = -1;
}
