using System.Text;

namespace MlOps.Drift.Quality;

/// <summary>A quality report as an aligned text.</summary>
internal static class QualityText
{
    internal static string Write(QualityReport report)
    {
        var text = new StringBuilder();
        text.Append(report.Headline()).Append('\n').Append(report.Expectations.Name).Append(", ").Append(Wording.Count(report.Rows, "row")).Append('\n');
        ExpectationResult[] shown = [.. report.Failed, .. report.Results.Where(result => result.Outcome == ExpectationOutcome.NotEvaluated)];
        string[][] rows = [.. shown.Select(result => new[] { QualityWords.Mark(result), QualityWords.Columns(result.Expectation), result.Expectation.Kind, result.Message })];
        if (rows.Length > 0)
        {
            text.Append('\n');
            Append(text, rows);
            text.Append("\nRows are counted from 0.\n");
        }

        string[][] notes = [.. report.Columns.Select(column => new[] { column.Name, QualityWords.Notes(column) }).Where(row => row[1].Length > 0)];
        if (notes.Length > 0)
        {
            text.Append('\n');
            Append(text, notes);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length))];
        foreach (string[] row in rows)
        {
            text.Append(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        }
    }
}
