namespace MlOps.Drift.Quality;

/// <summary>The most common value of a column does not take more than a share of the rows that have one.</summary>
/// <remarks>A default that a form fills in, or a sensor that hangs, shows here first. The value is not named in messages. Memory: about 40 bytes per distinct value.</remarks>
public sealed record MostCommonShare : Expectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">The column.</param>
    /// <param name="max">The largest share that passes, in [0, 1].</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="max"/> is no share.</exception>
    public MostCommonShare(string column, double max)
        : base(Names.Column(column)) =>
        Max = Guard.Share(max);

    /// <summary>Gets the largest share that passes.</summary>
    public double Max { get; }

    /// <inheritdoc/>
    public override string Kind => "most_common_share";

    /// <inheritdoc/>
    public override string Expected => $"at most {Wording.Percent(Max)} of the values are the same";

    internal override void Write(FieldWriter fields) => fields.Number("max", Max);

    internal override ExpectationTest Begin(CheckContext context) => new TallyTest(Column!, tally =>
    {
        double share = (double)tally.Largest / tally.Total;
        return (share <= Max, Wording.Percent(share), $"The most common value takes {Wording.Percent(share)} of {Wording.Count(tally.Total, "value")}; the limit is {Wording.Percent(Max)}.");
    });
}
