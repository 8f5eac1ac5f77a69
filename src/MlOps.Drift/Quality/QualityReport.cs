using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>Which expectations a table meets, which rows fail, and what its columns look like.</summary>
/// <remarks>Immutable. Rows are counted from 0.</remarks>
public sealed partial record QualityReport
{
    private readonly IReadOnlyList<(Expectation Rule, IReadOnlyList<(long FirstRow, RowMask Mask)> Masks)>? _failing;
    private readonly IReadOnlySet<string> _personal;

    internal QualityReport(
        Expectations expectations,
        long rows,
        IReadOnlyList<ExpectationResult> results,
        IReadOnlyList<ColumnQuality> columns,
        IReadOnlySet<string> personal,
        IReadOnlyList<(Expectation Rule, IReadOnlyList<(long FirstRow, RowMask Mask)> Masks)>? failing) =>
        (Expectations, Rows, Results, Columns, _personal, _failing) = (expectations, rows, results, columns, personal, failing);

    /// <summary>Gets the rules that were checked.</summary>
    public Expectations Expectations { get; }

    /// <summary>Gets the number of rows of the table.</summary>
    public long Rows { get; }

    /// <summary>Gets one result a rule, in the order of the rules. A table without rows adds one, unless a rule is about their number.</summary>
    public IReadOnlyList<ExpectationResult> Results { get; }

    /// <summary>Gets what was seen of each column, in the order of the table.</summary>
    public IReadOnlyList<ColumnQuality> Columns { get; }

    /// <summary>Gets the results of the rules that failed, errors before warnings.</summary>
    public IReadOnlyList<ExpectationResult> Failed =>
        [.. Results.Where(result => result.Outcome == ExpectationOutcome.Failed).OrderByDescending(result => result.Severity)];

    /// <summary>Gets the worst severity of a failed rule; null when none failed.</summary>
    public QualitySeverity? Worst => Failed.Count == 0 ? null : Failed[0].Severity;

    /// <summary>Gets a value indicating whether no rule of severity error failed.</summary>
    public bool Passed => Worst != QualitySeverity.Error;

    /// <summary>Returns whether some rule failed that is at least this severe: the question of a gate.</summary>
    public bool MeetsOrExceeds(QualitySeverity severity) => Worst >= severity;

    /// <summary>Gets the result of a rule.</summary>
    /// <exception cref="KeyNotFoundException">The rule was not checked.</exception>
    public ExpectationResult this[Expectation expectation] =>
        Results.FirstOrDefault(result => result.Expectation.Equals(expectation))
            ?? throw new KeyNotFoundException($"The report has no rule '{expectation}'.");

    /// <summary>Returns the numbers of the rows that do not meet a rule, in ascending order.</summary>
    /// <exception cref="KeyNotFoundException">The rule was not checked.</exception>
    /// <exception cref="InvalidOperationException">The table was checked in parts, so the rows were not kept.</exception>
    public IReadOnlyList<long> RowsFailing(Expectation expectation)
    {
        _ = this[expectation];
        return [.. Kept().Where(run => run.Rule.Equals(expectation)).SelectMany(run => run.Masks).SelectMany(part => part.Mask.Marked().Select(row => part.FirstRow + row))];
    }

    /// <summary>Returns for each row whether it does not meet a rule that failed. Rows that a rule tolerates do not count.</summary>
    /// <exception cref="InvalidOperationException">The table was checked in parts, so the rows were not kept.</exception>
    public bool[] FailingMask()
    {
        bool[] mask = new bool[Rows];
        foreach ((long firstRow, RowMask part) in Kept().Where(run => !this[run.Rule].Passed).SelectMany(run => run.Masks))
        {
            foreach (int row in part.Marked())
            {
                mask[firstRow + row] = true;
            }
        }

        return mask;
    }

    /// <summary>Returns the rows that do not meet a rule that failed: their number (<c>row</c>), those rules (<c>reasons</c>), and the table's columns.</summary>
    /// <remarks>Rows that a rule tolerates do not count. Columns with personal data are left out: the number finds the row. A name that the table has itself gets an underscore: <c>row_</c>.</remarks>
    /// <param name="table">The table that was checked.</param>
    /// <exception cref="ArgumentException">The table has another number of rows.</exception>
    /// <exception cref="InvalidOperationException">The table was checked in parts; take them from each <see cref="CheckedPart"/>.</exception>
    public Table BadRows(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        (Expectation, RowMask)[] failing = [.. Kept().Where(run => !this[run.Rule].Passed).SelectMany(run => run.Masks.Select(part => (run.Rule, part.Mask)))];
        return table.RowCount == Rows
            ? BadRowTable.Of(table, 0, failing, _personal)
            : throw new ArgumentException($"The table that was checked has {Wording.Count(Rows, "row")}; this one has {Wording.Count(table.RowCount)}.", nameof(table));
    }

    private IReadOnlyList<(Expectation Rule, IReadOnlyList<(long FirstRow, RowMask Mask)> Masks)> Kept() =>
        _failing ?? throw new InvalidOperationException("The table was checked in parts, so the report keeps only the first failing rows; take the others from each CheckedPart.");
}
