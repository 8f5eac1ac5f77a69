namespace MlOps.Drift.Monitoring;

/// <summary>The tables of a store. Times are ticks in UTC; NaN is NULL, as SQLite knows no NaN, and −0 becomes 0.</summary>
internal static class StoreSchema
{
    /// <summary>Marks the file as ours: "MLMO".</summary>
    internal const int ApplicationId = 0x4D4C4D4F;

    internal const int Version = 1;

    internal const string Create = """
        CREATE TABLE batches (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            monitor TEXT NOT NULL, id TEXT NOT NULL,
            from_time INTEGER NOT NULL, until_time INTEGER NOT NULL, recorded INTEGER NOT NULL,
            rows INTEGER NOT NULL, severity INTEGER NOT NULL,
            UNIQUE (monitor, id));
        CREATE INDEX batches_time ON batches (monitor, until_time);
        CREATE TABLE measurements (
            monitor TEXT NOT NULL, time INTEGER NOT NULL, batch TEXT NOT NULL, kind TEXT NOT NULL,
            check_name TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL, value REAL, limit_value REAL,
            PRIMARY KEY (monitor, time, batch, check_name, subject, name)) WITHOUT ROWID;
        CREATE TABLE findings (
            batch INTEGER NOT NULL REFERENCES batches (sequence) ON DELETE CASCADE,
            place INTEGER NOT NULL, check_name TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL, severity INTEGER NOT NULL,
            message TEXT NOT NULL, value REAL, limit_value REAL, look_at TEXT NOT NULL,
            PRIMARY KEY (batch, place)) WITHOUT ROWID;
        CREATE TABLE alerts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            batch INTEGER NOT NULL REFERENCES batches (sequence) ON DELETE CASCADE,
            json TEXT NOT NULL, told INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX alerts_batch ON alerts (batch);
        CREATE TABLE states (
            monitor TEXT NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL,
            PRIMARY KEY (monitor, name)) WITHOUT ROWID;
        CREATE TABLE decisions (
            monitor TEXT NOT NULL, id TEXT NOT NULL, time INTEGER NOT NULL, json TEXT NOT NULL,
            status INTEGER NOT NULL, attempts INTEGER NOT NULL, started INTEGER, error TEXT,
            PRIMARY KEY (monitor, id)) WITHOUT ROWID;
        """;
}
