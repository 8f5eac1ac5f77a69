using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MlOps.Tracking.Sql;

/// <summary>What SQLite's failures mean to the user of a store.</summary>
internal static class SqliteFaults
{
    internal static void Check(sqlite3 connection, int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(connection).utf8_to_string(), code & 0xFF, code);
        }
    }

    internal static TrackingException Explain(string path, TimeSpan patience, SqliteException fault)
    {
        (TrackingError error, string text) = fault.SqliteErrorCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => (
                TrackingError.TemporarilyUnavailable,
                string.Create(CultureInfo.InvariantCulture, $"another process has locked it for more than {patience.TotalSeconds:0.###} s. Nothing was written; try again.")),
            raw.SQLITE_FULL => (TrackingError.TemporarilyUnavailable, "the disk is full. Nothing was written; make room and try again."),
            raw.SQLITE_IOERR => (TrackingError.TemporarilyUnavailable, $"it cannot be read or written ({fault.Message}). Nothing was written; is the disk full or gone?"),
            raw.SQLITE_READONLY => (TrackingError.PermissionDenied, "it can be read but not written: the file, its folder or the disk is read-only."),
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => (TrackingError.TemporarilyUnavailable, $"it cannot be opened ({fault.Message}). Does its folder exist, and may you write there?"),
            raw.SQLITE_NOTADB => (TrackingError.InvalidParameterValue, "it is not a SQLite database. Name another file."),
            raw.SQLITE_CORRUPT => (TrackingError.InternalError, "it is damaged. Restore a copy, or save what can be read: sqlite3 FILE .recover"),
            raw.SQLITE_TOOBIG => (TrackingError.InvalidParameterValue, "a text is longer than SQLite can hold."),
            _ => (TrackingError.InternalError, $"SQLite says: {fault.Message}."),
        };
        return new TrackingException(error, $"The store {path}: {text}", fault);
    }
}
