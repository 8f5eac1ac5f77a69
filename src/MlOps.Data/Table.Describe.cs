using MlOps.Data.Internals;

namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Summarises every column in one row of a new table.</summary>
    /// <remarks>
    /// All columns: type, count (values that are there), missing, distinct. Numbers: mean, std (divisor n − 1), min, quartiles by
    /// linear interpolation at (n − 1)·q as in pandas, max. Truth values: mean, the share of true. Text: top, its most frequent
    /// value (on a tie the first in ordinal order), and top_count. Times: earliest and latest. What does not apply is missing, and
    /// a statistic that applies to no column is left out.
    /// </remarks>
    public Table Describe()
    {
        var rows = _columns.Select(ColumnSummary.Of).ToArray();
        Column[] all =
        [
            Column.Of("column", [.. _columns.Select(c => c.Name)]),
            Column.Of("type", [.. _columns.Select(c => TypeNames.Of(c))]),
            Column.Of("count", [.. _columns.Select(c => (long)(c.Count - c.MissingCount))]),
            Column.Of("missing", [.. _columns.Select(c => (long)c.MissingCount)]),
            Column.Of("distinct", [.. rows.Select(r => r.Distinct)]),
            Column.Of("mean", [.. rows.Select(r => r.Mean)]),
            Column.Of("std", [.. rows.Select(r => r.Std)]),
            Column.Of("min", [.. rows.Select(r => r.Min)]),
            Column.Of("25%", [.. rows.Select(r => r.Q25)]),
            Column.Of("50%", [.. rows.Select(r => r.Q50)]),
            Column.Of("75%", [.. rows.Select(r => r.Q75)]),
            Column.Of("max", [.. rows.Select(r => r.Max)]),
            Column.Of("top", [.. rows.Select(r => r.Top)]),
            Column.Of("top_count", [.. rows.Select(r => r.TopCount)]),
            Column.Of("earliest", [.. rows.Select(r => r.Earliest)]),
            Column.Of("latest", [.. rows.Select(r => r.Latest)]),
        ];
        const int AlwaysShown = 5;
        return new Table(all.Where((column, i) => i < AlwaysShown || column.MissingCount < column.Count));
    }
}
