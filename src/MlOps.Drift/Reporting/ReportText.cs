using System.Text;

namespace MlOps.Drift.Reporting;

/// <summary>The report as an aligned text.</summary>
internal static class ReportText
{
    internal static string Write(DriftReport report)
    {
        string[][] rows = [ReportTable.Header(report), .. report.Columns.Select(column => ReportTable.Row(report, column))];
        var text = new StringBuilder();
        text.Append(report.Headline()).Append('\n');
        text.Append(ReportTable.RowCounts(report)).Append("\n\n");
        Append(text, rows);
        string[][] further = [.. ReportTable.FurtherRows(report)];
        if (further.Length > 0)
        {
            text.Append('\n');
            Append(text, [ReportTable.TestHeader, .. further]);
        }

        text.Append('\n').Append(ReportTable.Legend(report)).Append('\n');
        foreach (ColumnDrift column in report.Columns)
        {
            foreach (string note in column.Notes)
            {
                text.Append(column.Name).Append(": ").Append(note).Append('\n');
            }
        }

        foreach (SkippedColumn skipped in report.Skipped)
        {
            text.Append(skipped.Name).Append(" skipped: ").Append(skipped.Reason).Append('\n');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, i) => i < ReportTable.WordColumns ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
    }
}
