using System.Text;
using SQLitePCL;

namespace MlOps.Tracking.Sql;

/// <summary>A statement that was prepared once. Used by one thread at a time.</summary>
internal sealed class SqliteStatement(sqlite3 connection, sqlite3_stmt handle, bool kept) : SqlCursor
{
    internal bool InUse { get; private set; }

    internal void Bind(ReadOnlySpan<SqlValue> values)
    {
        InUse = true;
        for (int i = 0; i < values.Length; i++)
        {
            SqliteFaults.Check(connection, values[i] switch
            {
                { Number: long number } => raw.sqlite3_bind_int64(handle, i + 1, number),
                { Text: "" } => raw.sqlite3_bind_text(handle, i + 1, ""), // an empty span has no address, and that means NULL
                { Text: string text } => raw.sqlite3_bind_text(handle, i + 1, Encoding.UTF8.GetBytes(text)),
                _ => raw.sqlite3_bind_null(handle, i + 1),
            });
        }
    }

    internal override bool Read()
    {
        int code = raw.sqlite3_step(handle);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteFaults.Check(connection, code);
        }

        return code == raw.SQLITE_ROW;
    }

    internal override bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    internal override long Number(int column) => raw.sqlite3_column_int64(handle, column);

    internal override string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column)); // with its length: a text may hold U+0000

    public override void Dispose()
    {
        raw.sqlite3_reset(handle); // it repeats the error of the step before, which was told
        InUse = false;
        if (!kept)
        {
            Free();
        }
    }

    internal void Free() => handle.Dispose();
}
