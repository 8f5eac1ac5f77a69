using System.Text.Json;

namespace MlOps.Drift.Quality;

/// <summary>The words and JSON of results.</summary>
internal static class QualityWords
{
    internal static string Of(QualitySeverity severity) => severity == QualitySeverity.Error ? "error" : "warning";

    internal static string Of(ExpectationOutcome outcome) => outcome switch
    {
        ExpectationOutcome.Passed => "passed",
        ExpectationOutcome.Failed => "failed",
        _ => "not-evaluated",
    };

    /// <summary>A verdict by symbol and word, never by colour alone.</summary>
    internal static string Mark(ExpectationResult result) => result.Outcome switch
    {
        ExpectationOutcome.Passed => "· passed",
        ExpectationOutcome.NotEvaluated => "○ not evaluated",
        _ => result.Severity == QualitySeverity.Error ? "■ error" : "▲ warning",
    };

    internal static string Columns(Expectation rule) => rule.Columns.Count == 0 ? "(table)" : string.Join(", ", rule.Columns);

    /// <summary>What is worth telling of a column beside its rules; empty when nothing is.</summary>
    internal static string Notes(ColumnQuality column)
    {
        var notes = new List<string>();
        if (column.Missing > 0)
        {
            notes.Add($"{Wording.Count(column.Missing)} missing or NaN ({Wording.Percent((double)column.Missing / column.Rows)})");
        }

        if (column.Infinite > 0)
        {
            notes.Add($"{Wording.Count(column.Infinite)} infinite");
        }

        if (column.PersonalData is { } kind)
        {
            notes.Add($"personal data ({PersonalDataKinds.Name(kind)}): values are not shown");
        }

        return string.Join("; ", notes);
    }

    internal static void Write(Utf8JsonWriter json, ExpectationResult result)
    {
        json.WriteStartObject();
        json.WriteString("kind", result.Expectation.Kind);
        json.WriteString("column", result.Column);
        json.WriteStartArray("columns");
        foreach (string column in result.Expectation.Columns)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        json.WriteString("severity", Of(result.Severity));
        json.WriteString("outcome", Of(result.Outcome));
        json.WriteBoolean("passed", result.Passed);
        json.WriteString("expected", result.Expected);
        json.WriteString("observed", result.Observed);
        json.WriteString("message", result.Message);
        json.WriteNumber("evaluated", result.Evaluated);
        json.WriteNumber("failingRows", result.FailingRows);
        json.WriteStartArray("firstFailingRows");
        foreach (long row in result.FirstFailingRows)
        {
            json.WriteNumberValue(row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter json, ColumnQuality column)
    {
        json.WriteStartObject();
        json.WriteString("column", column.Name);
        json.WriteString("type", ExpectedTypes.Name(column.Type));
        json.WriteNumber("rows", column.Rows);
        json.WriteNumber("missing", column.Missing);
        json.WriteNumber("infinite", column.Infinite);
        json.WriteString("personalData", column.PersonalData is { } kind ? PersonalDataKinds.Name(kind) : null);
        json.WriteNumber("failed", column.Failed);
        json.WriteNumber("judged", column.Judged);
        json.WriteEndObject();
    }
}
