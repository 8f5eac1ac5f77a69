using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>A statistic of a column lies near the one of a reference, measured in the reference's standard deviations.</summary>
/// <remarks>
/// <c>|value − reference| ≤ within · std</c>. Unlike a tolerance in percent this means the same for a mean of 0 and a mean of 1000, and does not
/// change when the unit or the zero of the column does.
/// </remarks>
public sealed record StatisticNear : Expectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">A column of numbers or truth values.</param>
    /// <param name="statistic">Which number.</param>
    /// <param name="reference">Its value in the reference, in the unit of the column.</param>
    /// <param name="std">The standard deviation of the reference's values, &gt; 0, same unit.</param>
    /// <param name="within">How many standard deviations it may be away, ≥ 0.</param>
    /// <param name="q">The place of a quantile in [0, 1]; only for that.</param>
    /// <exception cref="ArgumentException">The name is blank, or q does not go with the statistic.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public StatisticNear(string column, SummaryStatistic statistic, double reference, double std, double within, double? q = null)
        : base(Names.Column(column))
    {
        _ = SummaryStatistics.Place(statistic, q, nameof(q));
        (Statistic, Reference, Std, Within, Q) = (statistic, Guard.Finite(reference), Guard.Positive(std), Guard.NonNegative(within), q);
    }

    /// <summary>Gets which number is judged.</summary>
    public SummaryStatistic Statistic { get; }

    /// <summary>Gets the statistic of the reference.</summary>
    public double Reference { get; }

    /// <summary>Gets the standard deviation of the reference's values.</summary>
    public double Std { get; }

    /// <summary>Gets the tolerated distance in standard deviations.</summary>
    public double Within { get; }

    /// <summary>Gets the place of the quantile; null for other statistics.</summary>
    public double? Q { get; }

    /// <inheritdoc/>
    public override string Kind => "statistic_near";

    /// <inheritdoc/>
    public override string Expected => $"{SummaryStatistics.Name(Statistic, Q ?? 0)} within {Wording.Number(Within)} standard deviations ({Wording.Number(Std)}) of {Wording.Number(Reference)}";

    internal override string Needs => "numbers or truth values";

    internal override bool Fits(Column column) => IsNumeric(column) || column is Column<bool>;

    internal override void Write(FieldWriter fields)
    {
        fields.Text("statistic", SummaryStatistics.Name(Statistic));
        fields.Number("q", Q);
        fields.Number("reference", Reference);
        fields.Number("std", Std);
        fields.Number("within", Within);
    }

    internal override ExpectationTest Begin(CheckContext context) => new StatisticTest(
        Column!,
        SummaryStatistics.Name(Statistic, Q ?? 0),
        new StatisticAccumulator(Statistic, SummaryStatistics.Place(Statistic, Q, nameof(Q))),
        value => Math.Abs(value - Reference) <= Within * Std,
        value => $"{Wording.Number(value)}, {Wording.Number(Math.Abs(value - Reference) / Std)} standard deviations from {Wording.Number(Reference)}",
        $"{Wording.Number(Within)} standard deviations");
}
