namespace MlOps.Tracking.Sql;

/// <summary>A transaction that is open. Statements name their values <c>$1</c>, <c>$2</c>, …; no text from outside ever becomes part of one.</summary>
internal abstract class SqlSession
{
    /// <summary>Runs a statement and returns the number of rows it changed.</summary>
    internal abstract int Run(string sql, params ReadOnlySpan<SqlValue> values);

    /// <summary>Runs a statement that returns rows.</summary>
    internal abstract SqlCursor Query(string sql, params ReadOnlySpan<SqlValue> values);

    /// <summary>Adds points to a run's history; those that are there already stay one.</summary>
    internal abstract void AddPoints(long run, SqlPoints points);

    /// <summary>Returns the number in the first column of the first row; null if there is no row or nothing in it.</summary>
    internal long? Number(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using SqlCursor rows = Query(sql, values);
        return rows.Read() ? rows.NumberOrNull(0) : null;
    }

    /// <summary>Returns the text in the first column of the first row; null if there is no row or nothing in it.</summary>
    internal string? Text(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using SqlCursor rows = Query(sql, values);
        return rows.Read() ? rows.TextOrNull(0) : null;
    }

    internal List<T> Rows<T>(string sql, Func<SqlCursor, T> row, params ReadOnlySpan<SqlValue> values)
    {
        using SqlCursor rows = Query(sql, values);
        var all = new List<T>();
        while (rows.Read())
        {
            all.Add(row(rows));
        }

        return all;
    }
}
