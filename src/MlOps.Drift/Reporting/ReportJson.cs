using System.Text.Json;

namespace MlOps.Drift.Reporting;

/// <summary>The report's JSON, a contract with scripts: names and order stay.</summary>
internal static class ReportJson
{
    internal static void Write(Utf8JsonWriter json, DriftReport report)
    {
        json.WriteStartObject();
        json.WriteStartObject("rows");
        json.WriteNumber("reference", report.Rows.Reference);
        json.WriteNumber("current", report.Rows.Current);
        json.WriteEndObject();
        json.WriteStartArray("columns");
        foreach (ColumnDrift column in report.Columns)
        {
            Write(json, column);
        }

        json.WriteEndArray();
        WriteNumber(json, "driftedShare", report.DriftedShare);
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
            WriteNumber(json, "statistic", test.Statistic);
            WriteNumber(json, "pValue", test.PValue);
            WriteNumber(json, "threshold", test.Threshold);
            json.WriteBoolean("drift", test.Drift);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("drift", column.Drift);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
