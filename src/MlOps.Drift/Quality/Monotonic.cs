using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>The numbers of a column rise, or fall, from row to row.</summary>
/// <remarks>A row is compared with the last one before it that has a value; it fails when it goes the wrong way. For times see <see cref="TimeOrder"/>.</remarks>
public sealed record Monotonic : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">A column of numbers.</param>
    /// <param name="decreasing">Whether the numbers fall instead of rise.</param>
    /// <param name="strict">Whether two equal ones in a row fail.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public Monotonic(string column, bool decreasing = false, bool strict = false)
        : base(Names.Column(column)) =>
        (Decreasing, Strict) = (decreasing, strict);

    /// <summary>Gets a value indicating whether the numbers fall.</summary>
    public bool Decreasing { get; }

    /// <summary>Gets a value indicating whether two equal ones in a row fail.</summary>
    public bool Strict { get; }

    /// <inheritdoc/>
    public override string Kind => "monotonic";

    /// <inheritdoc/>
    public override string Expected => $"{(Strict ? "strictly " : "")}{(Decreasing ? "decreasing" : "increasing")} from row to row";

    internal override string Problem => $"against the order ({Expected})";

    internal override string Needs => "numbers";

    internal override bool Fits(Column column) => IsNumeric(column);

    internal override void Write(FieldWriter fields)
    {
        fields.Flag("decreasing", Decreasing);
        fields.Flag("strict", Strict);
    }

    internal override ExpectationTest Begin(CheckContext context)
    {
        double last = double.NaN;
        return new RowTest(this, (part, failing) =>
        {
            ReadOnlySpan<double> values = part.Numbers(Column!);
            for (int start = 0; start < values.Length; start += 64)
            {
                ReadOnlySpan<double> block = values.Slice(start, Math.Min(64, values.Length - start));
                ulong bits = 0;
                for (int i = 0; i < block.Length; i++)
                {
                    double value = block[i];
                    bool fails = (Decreasing ? value > last : value < last) | (Strict & value == last); // false for NaN, which is missing
                    bits |= (fails ? 1UL : 0) << i;
                    last = double.IsNaN(value) ? last : value;
                }

                failing.Mark(start / 64, bits);
            }

            return values.Length - part[Column!].MissingCount;
        });
    }
}
