using System.Globalization;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>Every value is one of a list.</summary>
/// <remarks>Text is compared exactly. In a column of numbers or truth values the list is read as such: 1 and 1.0 are the same number.</remarks>
public sealed record AllowedValues : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="values">The values that pass, as text; at least one.</param>
    /// <exception cref="ArgumentException">The name is blank, the list is empty or has a value twice.</exception>
    public AllowedValues(string column, params IEnumerable<string> values)
        : base(Names.Column(column))
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] all = [.. values];
        var distinct = all.ToHashSet(StringComparer.Ordinal);
        Values = all.Length == 0 ? throw new ArgumentException("At least one value is needed; got none.", nameof(values))
            : distinct.Contains(null!) ? throw new ArgumentException("A missing value is no value of a list; NotNull is about those.", nameof(values))
            : distinct.Count < all.Length ? throw new ArgumentException($"A value is listed twice: {string.Join(", ", all)}.", nameof(values))
            : all;
    }

    /// <summary>Gets the values that pass.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <inheritdoc/>
    public override string Kind => "allowed_values";

    /// <inheritdoc/>
    public override string Expected => $"one of {Wording.List(Values)}";

    internal override string Problem => $"not one of {Wording.List(Values)}";

    internal override string Needs => "text, numbers or truth values";

    /// <inheritdoc/>
    public bool Equals(AllowedValues? other) => base.Equals(other) && Values.SequenceEqual(other.Values, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Names.Hash(Values));

    internal override bool Fits(Column column) => column is not Column<DateTime>;

    internal override void Write(FieldWriter fields) => fields.Texts("values", Values);

    internal override ExpectationTest Begin(CheckContext context)
    {
        var texts = Values.ToHashSet(StringComparer.Ordinal);
        double[] numbers = [.. Values.Select(Number).Where(value => !double.IsNaN(value)).Distinct()];
        bool[] truths = [.. Values.Where(value => bool.TryParse(value, out _)).Select(bool.Parse)];
        return new RowTest(this, (part, failing) => part[Column!] switch
        {
            StringColumn column => LevelScan.Mark(column, texts.Contains, failing),
            Column<bool> column => Truths(column, truths, failing),
            Column column => Numbers(column, part.Numbers(Column!), numbers, failing),
        });
    }

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    private static long Truths(Column<bool> column, bool[] allowed, RowMask failing)
    {
        for (int row = 0; row < column.Count; row++)
        {
            if (!column.IsMissing(row) && !allowed.Contains(column.Values[row]))
            {
                failing.Mark(row);
            }
        }

        return column.Count - column.MissingCount;
    }

    private static long Numbers(Column column, ReadOnlySpan<double> values, double[] allowed, RowMask failing)
    {
        const int Few = 16; // up to here comparing with each is faster than hashing
        HashSet<double>? many = allowed.Length > Few ? [.. allowed] : null;
        for (int row = 0; row < values.Length; row++)
        {
            double value = values[row];
            if (!double.IsNaN(value) && !(many?.Contains(value) ?? allowed.AsSpan().Contains(value)))
            {
                failing.Mark(row);
            }
        }

        return column.Count - column.MissingCount;
    }
}
