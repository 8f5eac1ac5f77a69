using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>A column of numbers has no infinite value.</summary>
public sealed record Finite : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public Finite(string column)
        : base(Names.Column(column))
    {
    }

    /// <inheritdoc/>
    public override string Kind => "finite";

    /// <inheritdoc/>
    public override string Expected => "no infinite value";

    internal override string Problem => "infinite";

    internal override string Needs => "numbers";

    internal override bool Fits(Column column) => IsNumeric(column);

    internal override void Write(FieldWriter fields)
    {
    }

    internal override ExpectationTest Begin(CheckContext context) => new RowTest(this, Scan);

    private long Scan(PartView part, RowMask failing)
    {
        Column values = part[Column!];
        if (values is Column<double> numbers)
        {
            ValueRange.MarkOutside(numbers.Values, double.MinValue, double.MaxValue, failing);
        }

        return values.Count - values.MissingCount;
    }
}
