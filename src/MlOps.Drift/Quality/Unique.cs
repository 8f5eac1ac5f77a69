using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>No value, or no combination of values of several columns, occurs twice: a key.</summary>
/// <remarks>
/// A row fails when an earlier one has the same key, so the first of them passes. Rows in which a part of the key is missing are not compared, as in SQL.
/// Costs 22 to 43 bytes of memory per distinct key (half of that for a column of numbers), and up to 32 MB in reserve. A key of one number, truth value or time is compared exactly; texts and keys of several columns are
/// compared by fingerprints of 128 bits, of which n are all different but for a chance below n² / 2¹²⁹.
/// </remarks>
public sealed record Unique : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="columns">The column, or the columns whose combination is the key.</param>
    /// <exception cref="ArgumentException">No column, a blank one, or one twice.</exception>
    public Unique(params IEnumerable<string> columns)
        : this(Names.Columns(columns, 1, nameof(columns)))
    {
    }

    private Unique(string[] key)
        : base(key.Length == 1 ? key[0] : null) =>
        Key = key;

    /// <summary>Gets the columns of the key.</summary>
    public IReadOnlyList<string> Key { get; }

    /// <inheritdoc/>
    public override string Kind => "unique";

    /// <inheritdoc/>
    public override string Expected => Key.Count == 1 ? "no value twice" : "no combination twice";

    internal override IReadOnlyList<string> Columns => Key;

    internal override string Noun => Key.Count == 1 ? "value" : "combination";

    internal override string Problem => "repeated from an earlier row";

    /// <inheritdoc/>
    public bool Equals(Unique? other) => base.Equals(other) && Key.SequenceEqual(other.Key, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Names.Hash(Key));

    internal override void Write(FieldWriter fields)
    {
        if (Key.Count > 1)
        {
            fields.Texts("columns", Key);
        }
    }

    internal override ExpectationTest Begin(CheckContext context)
    {
        var seen = new FingerprintSet();
        var numbers = new NumberSet();
        return new RowTest(this, (part, failing) => Key.Count == 1 && part[Key[0]] is (Column<double> or Column<long>)
            ? Numbers(part[Key[0]], numbers, failing)
            : Keys(part, seen, failing));
    }

    /// <summary>Single numbers stand for themselves.</summary>
    private static long Numbers(Column column, NumberSet seen, RowMask failing)
    {
        seen.Reserve(column.Count - column.MissingCount);
        if (column is Column<double> numbers)
        {
            ReadOnlySpan<double> values = numbers.Values;
            for (int row = 0; row < values.Length; row++)
            {
                if (!double.IsNaN(values[row]) && !seen.Add(Fingerprint.Of(values[row]).Low))
                {
                    failing.Mark(row);
                }
            }
        }
        else
        {
            ReadOnlySpan<long> values = ((Column<long>)column).Values;
            for (int row = 0; row < values.Length; row++)
            {
                if (!(column.MissingCount > 0 && column.IsMissing(row)) && !seen.Add((ulong)values[row]))
                {
                    failing.Mark(row);
                }
            }
        }

        return column.Count - column.MissingCount;
    }

    private long Keys(PartView part, FingerprintSet seen, RowMask failing)
    {
        bool[] missing = new bool[part.Rows];
        Fingerprint[] keys = RowKeys.Of([.. Key.Select(column => part[column])], missing);
        seen.Reserve(keys.Length);
        long judged = 0;
        for (int row = 0; row < keys.Length; row++)
        {
            if (missing[row])
            {
                continue;
            }

            judged++;
            if (!seen.Add(keys[row]))
            {
                failing.Mark(row);
            }
        }

        return judged;
    }
}
