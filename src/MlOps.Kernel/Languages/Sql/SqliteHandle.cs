using SQLitePCL;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>SQLite's own functions on an open connection, for what ADO.NET does not offer.</summary>
internal sealed class SqliteHandle(sqlite3 connection)
{
    internal sqlite3 Connection => connection;

    /// <summary>Gets how many rows have been changed since the connection was opened.</summary>
    internal long TotalChanges => raw.sqlite3_total_changes(connection);

    /// <summary>Compiles a statement of ours.</summary>
    internal sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(connection, sql, out sqlite3_stmt statement));
        return statement;
    }

    /// <summary>Runs statements of ours.</summary>
    internal void Run(string sql) => Check(raw.sqlite3_exec(connection, sql));

    /// <exception cref="SqlCellException">The code is an error; the message is SQLite's.</exception>
    internal void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw new SqlCellException(raw.sqlite3_errmsg(connection).utf8_to_string());
        }
    }

    /// <summary>Whether the database has a table or view of its own under this name.</summary>
    internal bool HasTable(string name)
    {
        using sqlite3_stmt find = Prepare("SELECT 1 FROM main.sqlite_master WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE");
        Check(raw.sqlite3_bind_text(find, 1, name));
        int code = raw.sqlite3_step(find);
        Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>The names of the database's own tables and views.</summary>
    internal IReadOnlyList<string> Tables()
    {
        using sqlite3_stmt list = Prepare("SELECT name FROM main.sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name");
        List<string> names = [];
        int code;
        while ((code = raw.sqlite3_step(list)) == raw.SQLITE_ROW)
        {
            names.Add(raw.sqlite3_column_text(list, 0).utf8_to_string());
        }

        Check(code);
        return names;
    }
}
