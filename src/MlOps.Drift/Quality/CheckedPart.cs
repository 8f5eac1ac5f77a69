using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>One part of a table that is checked part by part, with the rows that fail.</summary>
/// <remarks>Valid only while the part is handed over; what is wanted of it must be taken then.</remarks>
public sealed class CheckedPart
{
    private readonly IReadOnlyList<(Expectation Rule, RowMask Failing)> _failing;
    private readonly IReadOnlySet<string> _personal;

    internal CheckedPart(Table table, long firstRow, IReadOnlyList<(Expectation Rule, RowMask Failing)> failing, IReadOnlySet<string> personal) =>
        (Table, FirstRow, _failing, _personal) = (table, firstRow, failing, personal);

    /// <summary>Gets the rows of the part.</summary>
    public Table Table { get; }

    /// <summary>Gets the number of its first row in the whole table, counted from 0.</summary>
    public long FirstRow { get; }

    /// <summary>Returns the rows of this part that fail some rule, with the reasons.</summary>
    /// <remarks>Whether a rule with a tolerance failed is known only in the end. To leave out the rows that are tolerated check a first time for the report,
    /// and a second time for the rows: <c>part.BadRows(report.Failed.Select(result => result.Expectation))</c>.</remarks>
    /// <param name="rules">The rules that count; null for all.</param>
    /// <returns>The columns of <see cref="QualityReport.BadRows"/>.</returns>
    public Table BadRows(IEnumerable<Expectation>? rules = null)
    {
        HashSet<Expectation>? counting = rules?.ToHashSet();
        return BadRowTable.Of(Table, FirstRow, counting is null ? _failing : [.. _failing.Where(failing => counting.Contains(failing.Rule))], _personal);
    }
}

/// <summary>Rows that fail, as a table: number, reasons, and the columns without personal data.</summary>
internal static class BadRowTable
{
    internal static Table Of(Table table, long firstRow, IReadOnlyList<(Expectation Rule, RowMask Failing)> failing, IReadOnlySet<string> personal)
    {
        int[] rows = [.. failing.SelectMany(rule => rule.Failing.Marked()).Distinct().Order()];
        string[] reasons = [.. rows.Select(row => string.Join("; ", failing.Where(rule => rule.Failing[row]).Select(rule => rule.Rule.ToString())))];
        Column[] kept = [.. table.Columns.Where(column => !personal.Contains(column.Name)).Select(column => column.Take(rows))];
        return new Table(
            (Column[])[Column.Of(Free("row", table), [.. rows.Select(row => firstRow + row)]), Column.Of(Free("reasons", table), reasons), .. kept]);
    }

    private static string Free(string name, Table table)
    {
        while (table.HasColumn(name))
        {
            name += "_";
        }

        return name;
    }
}
