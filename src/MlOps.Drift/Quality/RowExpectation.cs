namespace MlOps.Drift.Quality;

/// <summary>A rule that every row meets or fails, so that the failing rows can be named.</summary>
public abstract record RowExpectation : Expectation
{
    private protected RowExpectation(string? column)
        : base(column)
    {
    }

    /// <summary>Gets the share of judged rows that must meet the rule, in [0, 1]. Default 1: all of them.</summary>
    /// <remarks>Rows within the tolerance are still counted and named; only the verdict changes.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public double Mostly { get; init => field = Guard.Share(value, nameof(Mostly)); } = 1;

    /// <summary>Gets what is judged one by one.</summary>
    internal virtual string Noun => "value";

    /// <summary>Gets what is wrong with rows that fail, as in "3 of 20 values are outside 1 … 5".</summary>
    internal abstract string Problem { get; }
}
