using SQLitePCL;

namespace MlOps.Tracking.Sql;

/// <summary>One connection to a SQLite file with the statements it has prepared. Used by one thread at a time.</summary>
internal sealed class SqliteSession : SqlSession, IDisposable
{
    private const int MostStatements = 200; // searches make texts of their own: start afresh rather than keep them all

    private readonly sqlite3 _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>Opens a file.</summary>
    /// <param name="name">The file's path, or an address that starts with <c>file:</c>.</param>
    /// <param name="flags">How, as SQLite's own flags.</param>
    internal SqliteSession(string name, int flags)
    {
        int code = raw.sqlite3_open_v2(name, out _connection, flags, null);
        if (code != raw.SQLITE_OK)
        {
            using (_connection)
            {
                SqliteFaults.Check(_connection, code);
            }
        }

        raw.sqlite3_extended_result_codes(_connection, 1);
    }

    internal bool InTransaction => raw.sqlite3_get_autocommit(_connection) == 0;

    internal bool IsReadOnly => raw.sqlite3_db_readonly(_connection, "main") == 1;

    internal override int Run(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using SqliteStatement statement = Prepared(sql);
        statement.Bind(values);
        while (statement.Read())
        {
        }

        return raw.sqlite3_changes(_connection);
    }

    internal override SqlCursor Query(string sql, params ReadOnlySpan<SqlValue> values)
    {
        SqliteStatement statement = Prepared(sql);
        try
        {
            statement.Bind(values);
            return statement;
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    internal override void AddPoints(long run, SqlPoints points)
    {
        SqliteStatement statement = Prepared(SqlStore.AddPoint);
        for (int i = 0; i < points.Keys.Length; i++)
        {
            using (statement)
            {
                statement.Bind([run, points.Keys[i], points.Steps[i], points.Times[i], points.Values[i]]);
                statement.Read();
            }
        }
    }

    internal void Interrupt() => raw.sqlite3_interrupt(_connection);

    public void Dispose()
    {
        Forget();
        _connection.Dispose();
    }

    private SqliteStatement Prepared(string sql)
    {
        if (_statements.TryGetValue(sql, out SqliteStatement? known) && !known.InUse)
        {
            return known;
        }

        // Our texts have a '$' nowhere else. SQLite counts '$1' by its first appearance, '?1' by its number.
        SqliteFaults.Check(_connection, raw.sqlite3_prepare_v2(_connection, sql.Replace('$', '?'), out sqlite3_stmt handle));
        if (known is not null)
        {
            return new SqliteStatement(_connection, handle, kept: false);
        }

        if (_statements.Count >= MostStatements && !_statements.Values.Any(s => s.InUse))
        {
            Forget();
        }

        return _statements[sql] = new SqliteStatement(_connection, handle, kept: true);
    }

    private void Forget()
    {
        foreach (SqliteStatement statement in _statements.Values)
        {
            statement.Free();
        }

        _statements.Clear();
    }
}
