using MlOps.Data;

namespace MlOps.Drift.Reporting;

/// <summary>One column of both tables.</summary>
internal sealed record ColumnPair(Column Reference, Column Current)
{
    internal string Name => Reference.Name;

    internal RowCounts Missing => new(Reference.MissingCount, Current.MissingCount);

    internal RowCounts Rows => new(Reference.Count, Current.Count);

    /// <summary>Pairs the columns of two tables, in the reference's order (or the asked-for order).</summary>
    /// <exception cref="ArgumentException">A table is empty, or columns are missing on a side.</exception>
    internal static ColumnPair[] Of(Table reference, Table current, IReadOnlyList<string>? names)
    {
        NotEmpty(reference, nameof(reference));
        NotEmpty(current, nameof(current));
        string[] wanted = names is null ? [.. reference.Columns.Select(c => c.Name)] : [.. names.Distinct(StringComparer.Ordinal)];
        string[] notInReference = names is null
            ? [.. current.Columns.Select(c => c.Name).Where(name => !reference.HasColumn(name))]
            : [.. wanted.Where(name => !reference.HasColumn(name))];
        string[] notInCurrent = [.. wanted.Where(name => !current.HasColumn(name))];
        if (notInReference.Length + notInCurrent.Length > 0)
        {
            throw new ArgumentException(Message(notInReference, notInCurrent, asked: names is not null), nameof(current));
        }

        return wanted.Length == 0
            ? throw new ArgumentException("DriftOptions.Columns names no column; leave it null to compare all.", nameof(names))
            : [.. wanted.Select(name => new ColumnPair(reference[name], current[name]))];
    }

    private static void NotEmpty(Table table, string name)
    {
        if (table.RowCount == 0)
        {
            throw new ArgumentException($"The {name} table has no rows ({table.Columns.Count} columns); a comparison needs at least one row on both sides.", name);
        }
    }

    private static string Message(string[] notInReference, string[] notInCurrent, bool asked)
    {
        var parts = new List<string>();
        if (notInReference.Length > 0)
        {
            parts.Add($"not in the reference table: {string.Join(", ", notInReference)}");
        }

        if (notInCurrent.Length > 0)
        {
            parts.Add($"not in the current table: {string.Join(", ", notInCurrent)}");
        }

        string remedy = asked
            ? "Name columns that both tables have."
            : "Rename or drop columns, or name those to compare (DriftOptions.Columns; --columns on the command line).";
        return $"The tables have different columns; {string.Join("; ", parts)}. {remedy}";
    }
}
