namespace MlOps.Drift.Quality;

/// <summary>A column has this many distinct values; at least 2 says that it is not constant.</summary>
/// <remarks>Exact. Memory: about 40 bytes per distinct value.</remarks>
public sealed record DistinctCount : Expectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="min">The least number that passes; null for no limit.</param>
    /// <param name="max">The largest number that passes; null for no limit.</param>
    /// <exception cref="ArgumentException">The name is blank, no limit is given, or min is above max.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    public DistinctCount(string column, long? min = null, long? max = null)
        : base(Names.Column(column))
    {
        RowCount.CheckCounts(min, max);
        (Min, Max) = (min, max);
    }

    /// <summary>Gets the least number; null for no limit.</summary>
    public long? Min { get; }

    /// <summary>Gets the largest number; null for no limit.</summary>
    public long? Max { get; }

    /// <inheritdoc/>
    public override string Kind => "distinct";

    /// <inheritdoc/>
    public override string Expected => $"{Wording.Between(Min, Max)} distinct values";

    internal override void Write(FieldWriter fields)
    {
        fields.Number("min", Min);
        fields.Number("max", Max);
    }

    internal override ExpectationTest Begin(CheckContext context) => new TallyTest(Column!, tally => (
        Bands.Holds(tally.Distinct, Min, Max),
        Wording.Count(tally.Distinct),
        $"{Wording.Count(tally.Distinct, "distinct value")} among {Wording.Count(tally.Total)}; expected {Wording.Between(Min, Max)}."));
}
