namespace MlOps.Drift.Quality;

/// <summary>The table has a column of this name.</summary>
/// <remarks>Where it has not, this is the one finding about the column; its other rules are not evaluated.</remarks>
public sealed record ColumnExists : Expectation
{
    /// <summary>Makes the rule.</summary>
    /// <param name="column">The name, compared exactly.</param>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public ColumnExists(string column)
        : base(Names.Column(column))
    {
    }

    /// <inheritdoc/>
    public override string Kind => "column_exists";

    /// <inheritdoc/>
    public override string Expected => "the column is there";

    internal override void Write(FieldWriter fields)
    {
    }

    internal override ExpectationTest Begin(CheckContext context) =>
        new SettledTest(TestVerdict.Of(passed: true, "there", "The column is there.")); // a missing one is told before any test begins
}
