using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>In every row the value of one column stands in a relation to that of another: <c>a ≤ b</c>.</summary>
/// <remarks>Numbers with numbers, times with times (as they are written: make offsets equal first), text with text by ordinal order. Rows in which one of
/// both is missing are not judged.</remarks>
public sealed record CompareColumns : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">The column a.</param>
    /// <param name="relation">The relation.</param>
    /// <param name="other">The column b.</param>
    /// <exception cref="ArgumentException">A name is blank, or both are the same.</exception>
    public CompareColumns(string column, Relation relation, string other)
        : base(Names.Column(column))
    {
        Relation = Enum.IsDefined(relation) ? relation : throw new ArgumentOutOfRangeException(nameof(relation), relation, "Unknown relation.");
        Other = Names.Column(other) != column ? other : throw new ArgumentException($"A column is compared with another; both are '{column}'.", nameof(other));
    }

    /// <summary>Gets the relation.</summary>
    public Relation Relation { get; }

    /// <summary>Gets the other column.</summary>
    public string Other { get; }

    /// <inheritdoc/>
    public override string Kind => "compare";

    /// <inheritdoc/>
    public override string Expected => $"{Column} {Relations.Sign(Relation)} {Other}";

    internal override IReadOnlyList<string> Columns => [Column!, Other];

    internal override string Noun => "row";

    internal override string Problem => $"against {Expected}";

    internal override void Write(FieldWriter fields)
    {
        fields.Text("is", Relations.Sign(Relation));
        fields.Text("other", Other);
    }

    internal override ExpectationTest Begin(CheckContext context) => new RowTest(this, (part, failing) => (part[Column!], part[Other]) switch
    {
        (StringColumn a, StringColumn b) => Texts(a, b, failing),
        (Column<DateTime> a, Column<DateTime> b) => Values(a, b, failing),
        (Column<long> a, Column<long> b) => Values(a, b, failing), // doubles would lose the last digits of large ones
        (Column a, Column b) when IsNumber(a) && IsNumber(b) => Numbers(part.Numbers(Column!), part.Numbers(Other), failing),
        (Column a, Column b) => throw new ArgumentException($"'{Column}' holds {ExpectedTypes.Plural(ExpectedTypes.Of(a))} and '{Other}' {ExpectedTypes.Plural(ExpectedTypes.Of(b))}; the rule '{this}' needs one type."),
    });

    private static bool IsNumber(Column column) => IsNumeric(column) || column is Column<bool>;

    private long Numbers(ReadOnlySpan<double> a, ReadOnlySpan<double> b, RowMask failing)
    {
        (bool less, bool equal, bool greater) = (Relations.Holds(Relation, -1), Relations.Holds(Relation, 0), Relations.Holds(Relation, 1));
        long judged = 0;
        for (int start = 0; start < a.Length; start += 64)
        {
            ulong bits = 0;
            for (int row = start; row < Math.Min(start + 64, a.Length); row++)
            {
                // A missing value is NaN, for which none of the three is true.
                bool isLess = a[row] < b[row];
                bool isEqual = a[row] == b[row];
                bool isGreater = a[row] > b[row];
                judged += isLess | isEqual | isGreater ? 1 : 0;
                bits |= ((isLess & !less) | (isEqual & !equal) | (isGreater & !greater) ? 1UL : 0) << (row - start);
            }

            failing.Mark(start / 64, bits);
        }

        return judged;
    }

    private long Values<T>(Column<T> a, Column<T> b, RowMask failing)
        where T : struct, IComparable<T>
    {
        long judged = 0;
        for (int row = 0; row < a.Count; row++)
        {
            if (a.IsMissing(row) || b.IsMissing(row))
            {
                continue;
            }

            judged++;
            if (!Relations.Holds(Relation, a.Values[row].CompareTo(b.Values[row])))
            {
                failing.Mark(row);
            }
        }

        return judged;
    }

    private long Texts(StringColumn a, StringColumn b, RowMask failing)
    {
        long judged = 0;
        for (int row = 0; row < a.Count; row++)
        {
            if (a.Codes[row] < 0 || b.Codes[row] < 0)
            {
                continue;
            }

            judged++;
            if (!Relations.Holds(Relation, string.CompareOrdinal(a.Levels[a.Codes[row]], b.Levels[b.Codes[row]])))
            {
                failing.Mark(row);
            }
        }

        return judged;
    }
}
