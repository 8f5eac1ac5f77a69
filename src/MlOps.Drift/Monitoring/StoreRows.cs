using Microsoft.Data.Sqlite;

namespace MlOps.Drift.Monitoring;

/// <summary>Rows of the store as records.</summary>
internal static class StoreRows
{
    internal static StoredBatch Batch(SqliteDataReader row) =>
        new(row.GetString(0), Time(row, 1), Time(row, 2), Time(row, 3), row.GetInt32(4), (AlertSeverity)row.GetInt32(5));

    internal static Measurement Measurement(SqliteDataReader row) => new(
        Time(row, 0), row.GetString(1), Enum.Parse<MeasurementKind>(row.GetString(2)), row.GetString(3), row.GetString(4), row.GetString(5), Number(row, 6) ?? double.NaN, Number(row, 7));

    internal static StoredFinding Finding(SqliteDataReader row) => new(
        row.GetString(0),
        Time(row, 1),
        new Finding(row.GetString(2), row.GetString(3), row.GetString(4), (AlertSeverity)row.GetInt32(5), row.GetString(6), Number(row, 7), Number(row, 8)) { LookAt = row.GetString(9) });

    private static DateTimeOffset Time(SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    private static double? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
