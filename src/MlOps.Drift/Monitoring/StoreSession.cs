using Microsoft.Data.Sqlite;

namespace MlOps.Drift.Monitoring;

/// <summary>One connection to a store, used by one thread at a time, whose failures are told in words.</summary>
internal sealed class StoreSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();
    private readonly TimeSpan _patience;

    internal StoreSession(string path, TimeSpan patience)
    {
        SqliteLibrary.Load();
        (Path, _patience) = (path, patience);
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = Math.Max(1, (int)Math.Ceiling(patience.TotalSeconds)) };
        _connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            Guarded(Prepare);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    internal string Path { get; }

    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    /// <summary>Runs statements in one transaction that has the right to write from its start: all of it is stored, or nothing.</summary>
    internal T Write<T>(Func<T> statements) => Guarded(() =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        T result = statements();
        transaction.Commit();
        return result;
    });

    /// <summary>Runs statements that see one state of the store.</summary>
    internal T Read<T>(Func<T> statements) => Guarded(() =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
        return statements();
    });

    internal int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using SqliteCommand command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    internal object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using SqliteCommand command = Command(sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    internal List<T> Rows<T>(string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using SqliteCommand command = Command(sql, values);
        using SqliteDataReader reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>Runs one statement for many rows, prepared once.</summary>
    internal void Many<T>(string sql, IEnumerable<T> rows, Func<T, (string Name, object? Value)[]> values)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (T row in rows)
        {
            foreach ((string name, object? value) in values(row))
            {
                if (command.Parameters.Contains(name))
                {
                    command.Parameters[name].Value = Stored(value);
                }
                else
                {
                    command.Parameters.AddWithValue(name, Stored(value));
                }
            }

            command.ExecuteNonQuery();
        }
    }

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        double.NaN => DBNull.Value,
        DateTimeOffset time => time.UtcTicks,
        Enum number => Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture),
        _ => value,
    };

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in values)
        {
            command.Parameters.AddWithValue(name, Stored(value));
        }

        return command;
    }

    private T Guarded<T>(Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            catch (SqliteException e)
            {
                throw StoreFaults.Explain(Path, _patience, e);
            }
        }
    }

    private bool Prepare()
    {
        _connection.Open();
        Run(FormattableString.Invariant($"PRAGMA busy_timeout = {(int)_patience.TotalMilliseconds}"));
        long version = (long)Scalar("PRAGMA user_version")!;
        if (version == 0)
        {
            Run("PRAGMA journal_mode = WAL"); // readers and one writer do not wait for each other
        }

        Run("PRAGMA synchronous = FULL"); // a commit is on the disk: one a batch is cheap
        Run("PRAGMA foreign_keys = ON");
        if (version == 0)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
            version = (long)Scalar("PRAGMA user_version")!; // another process may have been faster
            if (version == 0)
            {
                if ((long)Scalar("SELECT count(*) FROM sqlite_master")! > 0)
                {
                    throw NotOurs();
                }

                Run(StoreSchema.Create);
                Run(FormattableString.Invariant($"PRAGMA application_id = {StoreSchema.ApplicationId}; PRAGMA user_version = {StoreSchema.Version}"));
                version = StoreSchema.Version;
            }

            transaction.Commit();
        }

        return (long)Scalar("PRAGMA application_id")! != StoreSchema.ApplicationId ? throw NotOurs()
            : version > StoreSchema.Version ? throw new MonitorStoreException(Path, FormattableString.Invariant($"this store was written by a newer version of the library (layout {version}; this one knows {StoreSchema.Version}). Update the library."), canRetry: false)
            : true;
    }

    private MonitorStoreException NotOurs() => new(Path, "this is a SQLite database of something else, not the store of a monitor. Name another file.", canRetry: false);
}
