using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>Texts have a length between two limits, in Unicode code points.</summary>
public sealed record TextLength : RowExpectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">A column of text.</param>
    /// <param name="min">The least length that passes, ≥ 0; null for no limit.</param>
    /// <param name="max">The largest length that passes; null for no limit.</param>
    /// <exception cref="ArgumentException">The name is blank, no limit is given, or min is above max.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    public TextLength(string column, int? min = null, int? max = null)
        : base(Names.Column(column))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(min ?? 0, nameof(min));
        ArgumentOutOfRangeException.ThrowIfNegative(max ?? 0, nameof(max));
        Bands.Check(min, max);
        (Min, Max) = (min, max);
    }

    /// <summary>Gets the least length; null for no limit.</summary>
    public int? Min { get; }

    /// <summary>Gets the largest length; null for no limit.</summary>
    public int? Max { get; }

    /// <inheritdoc/>
    public override string Kind => "length";

    /// <inheritdoc/>
    public override string Expected => $"{Wording.Between(Min, Max)} characters";

    internal override string Noun => "text";

    internal override string Problem => $"with a length outside {Wording.Between(Min, Max)}";

    internal override string Needs => "text";

    internal override bool Fits(Column column) => column is StringColumn;

    internal override void Write(FieldWriter fields)
    {
        fields.Number("min", Min);
        fields.Number("max", Max);
    }

    internal override ExpectationTest Begin(CheckContext context)
    {
        (int low, int high) = (Min ?? 0, Max ?? int.MaxValue);
        return new RowTest(this, (part, failing) => LevelScan.Mark((StringColumn)part[Column!], text => CodePoints(text) is int length && length >= low && length <= high, failing));
    }

    internal static int CodePoints(string text)
    {
        int points = text.Length;
        foreach (char unit in text)
        {
            points -= char.IsLowSurrogate(unit) ? 1 : 0;
        }

        return points;
    }
}
