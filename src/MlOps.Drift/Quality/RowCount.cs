namespace MlOps.Drift.Quality;

/// <summary>The table has this many rows: the volume of a batch.</summary>
public sealed record RowCount : Expectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="min">The least number that passes; null for no limit.</param>
    /// <param name="max">The largest number that passes; null for no limit.</param>
    /// <exception cref="ArgumentException">No limit is given, or min is above max.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    public RowCount(long? min = null, long? max = null)
        : base(column: null)
    {
        CheckCounts(min, max);
        (Min, Max) = (min, max);
    }

    /// <summary>Gets the least number; null for no limit.</summary>
    public long? Min { get; }

    /// <summary>Gets the largest number; null for no limit.</summary>
    public long? Max { get; }

    /// <inheritdoc/>
    public override string Kind => "row_count";

    /// <inheritdoc/>
    public override string Expected => $"{Wording.Between(Min, Max)} rows";

    internal override void Write(FieldWriter fields)
    {
        fields.Number("min", Min);
        fields.Number("max", Max);
    }

    internal override ExpectationTest Begin(CheckContext context) => new Counter(this);

    internal static void CheckCounts(long? min, long? max)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(min ?? 0, nameof(min));
        ArgumentOutOfRangeException.ThrowIfNegative(max ?? 0, nameof(max));
        Bands.Check(min, max);
    }

    private sealed class Counter(RowCount rule) : ExpectationTest
    {
        internal override void Add(PartView part, RowMask failing) => Evaluated += part.Rows;

        internal override TestVerdict Finish(long failing) => TestVerdict.Of(
            Bands.Holds(Evaluated, rule.Min, rule.Max),
            Wording.Count(Evaluated),
            $"The table has {Wording.Count(Evaluated, "row")}; expected {Wording.Between(rule.Min, rule.Max)}.");
    }
}
