using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>Every value of a column exists in a column of another table: a foreign key.</summary>
/// <remarks>The other table is handed to the check under its name. Both columns hold text, or both numbers, or both times; text is compared exactly.
/// Memory: the distinct values of the other column.</remarks>
public sealed record ExistsIn : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="table">The name of the other table.</param>
    /// <param name="otherColumn">Its column; null for one of the same name.</param>
    /// <exception cref="ArgumentException">A name is blank.</exception>
    public ExistsIn(string column, string table, string? otherColumn = null)
        : base(Names.Column(column))
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(table);
        Table = table;
        OtherColumn = otherColumn is null ? column : Names.Column(otherColumn);
    }

    /// <summary>Gets the name of the other table.</summary>
    public string Table { get; }

    /// <summary>Gets its column.</summary>
    public string OtherColumn { get; }

    /// <inheritdoc/>
    public override string Kind => "exists_in";

    /// <inheritdoc/>
    public override string Expected => $"every value is in {OtherColumn} of {Table}";

    internal override string Problem => $"not in {OtherColumn} of {Table}";

    internal override void Write(FieldWriter fields)
    {
        fields.Text("table", Table);
        fields.Text("other_column", OtherColumn == Column ? null : OtherColumn);
    }

    internal override ExpectationTest Begin(CheckContext context)
    {
        if (!context.Others.TryGetValue(Table, out Table? other))
        {
            string there = context.Others.Count == 0 ? "none was given" : $"there are: {string.Join(", ", context.Others.Keys)}";
            throw new ArgumentException($"The rule '{this}' needs the table '{Table}'; {there}.");
        }

        if (!other.HasColumn(OtherColumn))
        {
            throw new ArgumentException($"The table '{Table}' has no column '{OtherColumn}', which the rule '{this}' needs. There are: {Wording.List(other.Columns.Select(column => column.Name))}.");
        }

        return Against(other[OtherColumn]);
    }

    private RowTest Against(Column known)
    {
        if (known is StringColumn texts)
        {
            var levels = new HashSet<string>(StringComparer.Ordinal);
            foreach (int code in texts.Codes)
            {
                if (code >= 0)
                {
                    levels.Add(texts.Levels[code]);
                }
            }

            return new RowTest(this, (part, failing) => LevelScan.Mark(Same<StringColumn>(part[Column!], known), levels.Contains, failing));
        }

        bool numeric = IsNumeric(known);
        HashSet<Fingerprint> keys = [.. Keys(known).Where((_, row) => !known.IsMissing(row))];
        return new RowTest(this, (part, failing) =>
        {
            Column column = numeric && IsNumeric(part[Column!]) ? part[Column!] : Same(part[Column!], known);
            Fingerprint[] rows = Keys(column);
            for (int row = 0; row < rows.Length; row++)
            {
                if (!column.IsMissing(row) && !keys.Contains(rows[row]))
                {
                    failing.Mark(row);
                }
            }

            return column.Count - column.MissingCount;
        });
    }

    /// <summary>A whole number among the doubles is the double, unless it is too large to be one.</summary>
    private static Fingerprint[] Keys(Column column)
    {
        const double Exact = 1L << 53;
        Fingerprint[] keys = RowKeys.Of([column], missing: null);
        if (column is Column<double> numbers)
        {
            for (int row = 0; row < keys.Length; row++)
            {
                double value = numbers.Values[row];
                keys[row] = double.IsInteger(value) && Math.Abs(value) <= Exact ? Fingerprint.Of((long)value) : new Fingerprint(keys[row].Low, 1);
            }
        }

        return keys;
    }

    private T Same<T>(T column, Column known)
        where T : Column => column.ValueType == known.ValueType ? column : throw Differ(column, known);

    private T Same<T>(Column column, Column known)
        where T : Column => column as T ?? throw Differ(column, known);

    private ArgumentException Differ(Column column, Column known) => new(
        $"The rule '{this}' compares {ExpectedTypes.Plural(ExpectedTypes.Of(column))} in '{Column}' with {ExpectedTypes.Plural(ExpectedTypes.Of(known))} in '{OtherColumn}' of '{Table}'; both must be of one type.");
}
