using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>A column has a value in every row, or with <see cref="RowExpectation.Mostly"/> in this share of rows.</summary>
/// <remarks>NaN in a column of numbers is a missing value; infinity and the empty text are values.</remarks>
public sealed record NotNull : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public NotNull(string column)
        : base(Names.Column(column))
    {
    }

    /// <inheritdoc/>
    public override string Kind => "not_null";

    /// <inheritdoc/>
    public override string Expected => Mostly < 1 ? $"at least {Wording.Percent(Mostly)} of the rows have a value" : "every row has a value";

    internal override string Noun => "row";

    internal override string Problem => "without a value";

    internal override void Write(FieldWriter fields)
    {
    }

    internal override ExpectationTest Begin(CheckContext context) => new RowTest(this, Scan);

    private long Scan(PartView part, RowMask failing)
    {
        Column values = part[Column!];
        if (values is Column<double> { MissingCount: > 0 } numbers)
        {
            MarkNaN(numbers.Values, failing);
            return values.Count;
        }

        for (int row = 0; row < values.Count && failing.Count < values.MissingCount; row++)
        {
            if (values.IsMissing(row))
            {
                failing.Mark(row);
            }
        }

        return values.Count;
    }

    /// <summary>In a column of numbers NaN and missing are the same.</summary>
    private static void MarkNaN(ReadOnlySpan<double> values, RowMask failing)
    {
        for (int start = 0; start < values.Length; start += 64)
        {
            ReadOnlySpan<double> block = values.Slice(start, Math.Min(64, values.Length - start));
            ulong bits = 0;
            for (int i = 0; i < block.Length; i++)
            {
                bits |= (double.IsNaN(block[i]) ? 1UL : 0) << i;
            }

            failing.Mark(start / 64, bits);
        }
    }
}
