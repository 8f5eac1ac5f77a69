using System.Text.Json;

namespace MlOps.Drift.Reporting;

/// <summary>The report's JSON, a contract with scripts: names and order stay.</summary>
internal static class ReportJson
{
    internal static void Write(Utf8JsonWriter json, DriftReport report)
    {
        json.WriteStartObject();
        Write(json, "rows", report.Rows);
        json.WriteStartArray("columns");
        foreach (ColumnDrift column in report.Columns)
        {
            Write(json, column);
        }

        json.WriteEndArray();
        json.WriteNumberOrNull("driftedShare", report.DriftedShare);
        json.WriteStartArray("skipped");
        foreach (SkippedColumn skipped in report.Skipped)
        {
            json.WriteStartObject();
            json.WriteString("column", skipped.Name);
            json.WriteString("reason", skipped.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ColumnDrift column)
    {
        json.WriteStartObject();
        json.WriteString("column", column.Name);
        json.WriteString("type", column.Type == DriftColumnType.Numeric ? "numeric" : "categorical");
        json.WriteStartArray("tests");
        foreach (DriftTestResult test in column.Tests)
        {
            json.WriteStartObject();
            json.WriteString("name", test.Name);
            json.WriteNumberOrNull("statistic", test.Statistic);
            json.WriteNumberOrNull("pValue", test.PValue);
            json.WriteNumberOrNull("threshold", test.Threshold);
            json.WriteBoolean("drift", test.Drift);
            WriteEffect(json, test.EffectSize);
            json.WriteNumberOrNull("chance", test.Chance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("drift", column.Drift);
        json.WriteString("level", Level(column.Level));
        Write(json, "missing", column.Missing);
        Write(json, "infinite", column.Infinite);
        json.WriteStartArray("notes");
        foreach (string note in column.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Level(DriftLevel level) => level switch
    {
        DriftLevel.Significant => "significant",
        DriftLevel.Moderate => "moderate",
        _ => "none",
    };

    private static void WriteEffect(Utf8JsonWriter json, EffectSize? effect)
    {
        if (effect is not { } known)
        {
            json.WriteNull("effectSize");
            return;
        }

        json.WriteStartObject("effectSize");
        json.WriteString("name", known.Name);
        json.WriteNumberOrNull("value", known.Value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, RowCounts counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("reference", counts.Reference);
        json.WriteNumber("current", counts.Current);
        json.WriteEndObject();
    }
}
