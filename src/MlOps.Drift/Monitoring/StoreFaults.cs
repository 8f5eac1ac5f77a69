using Microsoft.Data.Sqlite;

namespace MlOps.Drift.Monitoring;

/// <summary>Says in words what SQLite reports as a number.</summary>
internal static class StoreFaults
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    internal static MonitorStoreException Explain(string path, TimeSpan waited, SqliteException e) => e.SqliteErrorCode switch
    {
        Busy or Locked => new(
            path,
            FormattableString.Invariant($"another process is writing to this store and did not finish within {waited.TotalSeconds:0.#} s. Nothing was stored; send the batch again. Ask whoever else runs a monitor or has the file open (on Linux 'fuser {path}' names the process)."),
            canRetry: true,
            e),
        Full => new(path, "the disk is full. Nothing of this batch was stored; free some space, or delete old batches with MonitorStore.Prune, and send it again.", canRetry: true, e),
        InputOutput => new(path, $"the disk reports an error ({e.Message}). Nothing of this batch was stored; check the disk and its free space, then send it again.", canRetry: true, e),
        Corrupt or NotADatabase => new(
            path, "this is no store of a monitor, or it is damaged. Move it away and start a new one, or restore a copy; 'sqlite3 FILE .recover' saves what can be read.", canRetry: false, e),
        ReadOnly => new(path, "the file or its folder cannot be written. Grant write access to both; SQLite keeps two more files beside it.", canRetry: false, e),
        CannotOpen => new(path, "the file cannot be opened or made. Check that its folder exists and that you may write there.", canRetry: false, e),
        _ => new(path, $"SQLite says: {e.Message}", canRetry: false, e),
    };
}
