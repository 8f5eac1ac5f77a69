using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>Mean, median, standard deviation or a quantile of a column lies between two limits.</summary>
/// <remarks>Values that are missing are left out; infinite ones count, and make mean or deviation infinite or undefined, which fails.
/// A median or quantile keeps every value in memory, 8 bytes each.</remarks>
public sealed record StatisticBetween : Expectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">A column of numbers, or of truth values: their mean is the share of true.</param>
    /// <param name="statistic">Which number.</param>
    /// <param name="min">The least value that passes, in the unit of the column; null for no limit.</param>
    /// <param name="max">The largest value that passes; null for no limit.</param>
    /// <param name="q">The place of a quantile in [0, 1]; only for that.</param>
    /// <exception cref="ArgumentException">The name is blank, no limit is given, min is above max, or q does not go with the statistic.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not finite, or q no share.</exception>
    public StatisticBetween(string column, SummaryStatistic statistic, double? min = null, double? max = null, double? q = null)
        : base(Names.Column(column))
    {
        Bands.Check(min, max);
        _ = SummaryStatistics.Place(statistic, q, nameof(q));
        (Statistic, Min, Max, Q) = (statistic, min, max, q);
    }

    /// <summary>Gets which number is judged.</summary>
    public SummaryStatistic Statistic { get; }

    /// <summary>Gets the lower limit; null for none.</summary>
    public double? Min { get; }

    /// <summary>Gets the upper limit; null for none.</summary>
    public double? Max { get; }

    /// <summary>Gets the place of the quantile; null for other statistics.</summary>
    public double? Q { get; }

    /// <inheritdoc/>
    public override string Kind => "statistic";

    /// <inheritdoc/>
    public override string Expected => $"{SummaryStatistics.Name(Statistic, Q ?? 0)} {Wording.Between(Min, Max)}";

    internal override string Needs => "numbers or truth values";

    internal override bool Fits(Column column) => IsNumeric(column) || column is Column<bool>;

    internal override void Write(FieldWriter fields)
    {
        fields.Text("statistic", SummaryStatistics.Name(Statistic));
        fields.Number("q", Q);
        fields.Number("min", Min);
        fields.Number("max", Max);
    }

    internal override ExpectationTest Begin(CheckContext context) => new StatisticTest(
        Column!,
        SummaryStatistics.Name(Statistic, Q ?? 0),
        new StatisticAccumulator(Statistic, SummaryStatistics.Place(Statistic, Q, nameof(Q))),
        value => Bands.Holds(value, Min, Max),
        Wording.Number,
        Wording.Between(Min, Max));
}
