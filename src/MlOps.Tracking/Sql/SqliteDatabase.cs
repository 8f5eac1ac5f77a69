using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MlOps.Tracking.Sql;

/// <summary>A SQLite file: one connection that writes, others that read.</summary>
/// <remarks>
/// Write-ahead log: readers and the writer never wait for each other, and a commit is in the operating system's hands when it returns, which a killed process cannot take back.
/// <c>synchronous = NORMAL</c>: the disk is flushed when the log is folded into the file, not at every commit. After a power cut the store is whole, but what was logged
/// in the last moments may be gone; a flush a metric would be a hundred times slower.
/// </remarks>
internal sealed class SqliteDatabase : SqlDatabase
{
    private const int PageBytes = 2048; // a metric rewrites two pages: with 4096 bytes logging is a quarter slower, with 1024 a scan of cold pages is
    private const int LogPages = 16_000; // 32 MB of log between foldings: each flushes the disk twice, and a page that changed a hundred times is folded once
    private const int MostIdle = 8;

    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly Lock _gate = new();
    private readonly TimeSpan _patience;
    private readonly string _path;
    private readonly string _opened;
    private readonly int _flags;
    private readonly SqliteSession _writer;
    private volatile bool _disposed;

    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="patience">How long to wait for another writer.</param>
    /// <param name="readOnly">Whether to treat the file as one that cannot be written, such as one on a read-only disk.</param>
    internal SqliteDatabase(string path, TimeSpan patience, bool readOnly = false)
    {
        SqliteLibrary.Load();
        (_path, _patience) = (path, patience);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            bool immutable = readOnly || IsOutOfReach(path);
            _opened = immutable ? new Uri(path).AbsoluteUri + "?immutable=1" : path; // without a log nobody is writing, and there is no place for one
            _flags = immutable
                ? raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI | raw.SQLITE_OPEN_NOMUTEX
                : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
            _writer = Patiently(() => Connect());
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Explain(path, patience, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrackingException(TrackingError.TemporarilyUnavailable, $"The store {path}: its folder cannot be made ({e.Message}).", e);
        }
    }

    internal override string Address => "sqlite:///" + _path;

    internal override string Name => _path;

    internal override string DefaultArtifactRoot => Path.Combine(Path.GetDirectoryName(_path)!, "mlartifacts");

    internal override SqlWords Words { get; } = new(
        Serial: "INTEGER PRIMARY KEY",
        Text: "TEXT",
        Clustered: "WITHOUT ROWID",
        Covering: ", key, value",
        ForUpdate: "",
        Tables: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    {
        PromotionGuards =
        [
            "CREATE TRIGGER promotions_stay BEFORE UPDATE ON promotions BEGIN SELECT raise(ABORT, 'the promotion log is append-only'); END",
            "CREATE TRIGGER promotions_remain BEFORE DELETE ON promotions BEGIN SELECT raise(ABORT, 'the promotion log is append-only'); END",
            "CREATE TRIGGER promotions_follow BEFORE INSERT ON promotions WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM promotions) " // else REPLACE would get round the other two
                + "BEGIN SELECT raise(ABORT, 'the promotion log is append-only'); END",
        ],
    };

    internal override T Read<T>(Func<SqlSession, T> work, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Patiently(() =>
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                SqliteSession session = _readers.TryTake(out SqliteSession? idle) ? idle : Connect();
                try
                {
                    using CancellationTokenRegistration stop = cancellationToken.Register(session.Interrupt);
                    session.Run("BEGIN");
                    return work(session);
                }
                finally
                {
                    End(session);
                }
            });
        }
        catch (SqliteException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Explain(_path, _patience, e);
        }
    }

    internal override T Write<T>(Func<SqlSession, T> work)
    {
        if (!_gate.TryEnter(_patience))
        {
            throw SqliteFaults.Explain(_path, _patience, new SqliteException("another thread is writing", raw.SQLITE_BUSY));
        }

        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Begin();
            try
            {
                T result = work(_writer);
                _writer.Run("COMMIT");
                return result;
            }
            catch
            {
                RollBack(_writer);
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Explain(_path, _patience, e);
        }
        finally
        {
            _gate.Exit();
        }
    }

    internal override void Migrate(Action<SqlSession> work) => Write(work);

    /// <summary>Limits the size of the file: for tests of a full disk.</summary>
    internal void LimitPages(int pages)
    {
        lock (_gate)
        {
            _writer.Run(FormattableString.Invariant($"PRAGMA max_page_count = {pages}"));
        }
    }

    public override void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            while (_readers.TryTake(out SqliteSession? reader))
            {
                reader.Dispose();
            }

            _writer.Dispose(); // last: who closes a file last folds the log into it
        }
    }

    /// <summary>Whether the file is there but no log can be made beside it, and none is there.</summary>
    private static bool IsOutOfReach(string path)
    {
        if (!File.Exists(path) || File.Exists(path + "-wal"))
        {
            return false;
        }

        try
        {
            using FileStream probe = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static void RollBack(SqliteSession session)
    {
        if (session.InTransaction) // SQLite has rolled back by itself after some failures
        {
            session.Run("ROLLBACK");
        }
    }

    private SqliteSession Connect()
    {
        var session = new SqliteSession(_opened, _flags);
        try
        {
            if (session.Text("PRAGMA journal_mode") != "wal" && !session.IsReadOnly)
            {
                session.Run(FormattableString.Invariant($"PRAGMA page_size = {PageBytes}")); // only a new file takes it
                session.Run("PRAGMA journal_mode = WAL");
            }

            session.Run("PRAGMA synchronous = NORMAL");
            session.Run(FormattableString.Invariant($"PRAGMA wal_autocheckpoint = {LogPages}"));
            session.Run("PRAGMA cache_size = -32000"); // KiB: an experiment of 100,000 runs stays in memory between two searches
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void End(SqliteSession session)
    {
        if (_disposed || _readers.Count >= MostIdle)
        {
            session.Dispose();
            return;
        }

        RollBack(session);
        _readers.Add(session);
    }

    private void Begin() => Patiently(() => _writer.Run("BEGIN IMMEDIATE"));

    /// <summary>Repeats what fails because another process has the lock. SQLite's own waiting sleeps up to 100 ms at a time, in which a busy writer comes and goes a thousand times.</summary>
    private T Patiently<T>(Func<T> work)
    {
        long start = 0;
        var wait = default(SpinWait);
        while (true)
        {
            try
            {
                return work();
            }
            catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_BUSY)
            {
                start = start == 0 ? Stopwatch.GetTimestamp() : start;
                if (Stopwatch.GetElapsedTime(start) >= _patience)
                {
                    throw;
                }

                wait.SpinOnce();
            }
        }
    }
}
