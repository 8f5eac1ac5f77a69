using MlOps.Data;

namespace MlOps.Drift.Monitoring;

/// <summary>What of two tables can be compared, and findings about the rest.</summary>
internal sealed record ComparableColumns(Table Reference, Table Current, IReadOnlyList<string> Names, IReadOnlyList<Finding> Findings)
{
    internal static ComparableColumns Of(Table reference, Table current, IReadOnlyList<string>? asked, string check)
    {
        var findings = new List<Finding>();
        var kept = new List<Column>();
        var compared = new List<Column>();
        foreach (string name in asked ?? [.. reference.Columns.Select(c => c.Name)])
        {
            if (!current.HasColumn(name))
            {
                findings.Add(new Finding(check, name, "column-missing", AlertSeverity.Critical, $"column '{name}' is gone") { LookAt = "the job that delivers the rows" });
                continue;
            }

            Column before = reference[name];
            Column now = current[name];
            bool bothThere = before.MissingCount < before.Count && now.MissingCount < now.Count;
            if (before.ValueType == typeof(DateTime) && now.ValueType == typeof(DateTime))
            {
                continue; // a report has no test for times
            }

            if (bothThere && Kind(before) != Kind(now))
            {
                findings.Add(new Finding(check, name, "type-changed", AlertSeverity.Critical, $"column '{name}' changed type: it held {Kind(before)}, now it holds {Kind(now)}")
                {
                    LookAt = "the format the rows are delivered in; do not retrain on them",
                });
                continue;
            }

            if (IsIdentifier(before) && asked is null)
            {
                continue;
            }

            compared.Add(Finite(before, " in the reference", check, findings));
            kept.Add(Finite(now, "", check, findings));
        }

        if (asked is null)
        {
            findings.AddRange(current.Columns.Where(c => !reference.HasColumn(c.Name)).Select(c =>
                new Finding(check, c.Name, "column-new", AlertSeverity.Info, $"column '{c.Name}' is new; the reference does not have it")));
        }

        return new(new Table(compared), new Table(kept), [.. kept.Select(c => c.Name)], findings);
    }

    private static string Kind(Column column) =>
        column.ValueType == typeof(double) || column.ValueType == typeof(long) ? "numbers"
        : column.ValueType == typeof(DateTime) ? "times"
        : column.ValueType == typeof(bool) ? "true and false"
        : "text";

    /// <summary>Text that is different in every row of the reference tells rows apart, and says nothing of their law.</summary>
    private static bool IsIdentifier(Column column) => column is StringColumn text && text.Count > 20 && text.Levels.Length == text.Count - text.MissingCount;

    private static Column Finite(Column column, string where, string check, List<Finding> findings)
    {
        if (column is not Column<double> numbers)
        {
            return column;
        }

        int infinite = 0;
        foreach (double value in numbers.Values)
        {
            infinite += double.IsInfinity(value) ? 1 : 0;
        }

        if (infinite == 0)
        {
            return column;
        }

        findings.Add(new Finding(check, column.Name, "infinite", AlertSeverity.Warning, FormattableString.Invariant($"'{column.Name}' has {infinite:N0} infinite values of {column.Count:N0}{where}; they are left out"), infinite)
        {
            LookAt = "divisions by zero and overflows in the features",
        });
        return new Column<double>(column.Name, [.. numbers.Values.ToArray().Select(v => double.IsInfinity(v) ? double.NaN : v)]);
    }
}
