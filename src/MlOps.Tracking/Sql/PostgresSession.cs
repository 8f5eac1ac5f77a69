using Npgsql;
using NpgsqlTypes;

namespace MlOps.Tracking.Sql;

/// <summary>A transaction on a connection of the pool.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : SqlSession
{
    private volatile NpgsqlCommand? _current;

    internal override int Run(string sql, params ReadOnlySpan<SqlValue> values)
    {
        using NpgsqlCommand command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    internal override SqlCursor Query(string sql, params ReadOnlySpan<SqlValue> values)
    {
        NpgsqlCommand command = Command(sql, values);
        try
        {
            return new Cursor(command, command.ExecuteReader());
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    internal override void AddPoints(long run, SqlPoints points)
    {
        using NpgsqlCommand command = Command(
            "INSERT INTO points (run, key, step, time, value) SELECT $1, p.* FROM unnest($2, $3, $4, $5) AS p ON CONFLICT DO NOTHING", run);
        foreach (long[] column in new[] { points.Keys, points.Steps, points.Times, points.Values })
        {
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = column });
        }

        command.ExecuteNonQuery();
    }

    internal void Cancel() => _current?.Cancel();

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<SqlValue> values)
    {
        NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0; // lock_timeout bounds the waiting; a long search may be cancelled
        foreach (SqlValue value in values)
        {
            command.Parameters.Add(value switch
            {
                { Number: long number } => new NpgsqlParameter<long> { TypedValue = number },
                { Text: string text } => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
                _ => new NpgsqlParameter { Value = DBNull.Value },
            });
        }

        return _current = command;
    }

    private sealed class Cursor(NpgsqlCommand command, NpgsqlDataReader reader) : SqlCursor
    {
        internal override bool Read() => reader.Read();

        internal override bool IsNull(int column) => reader.IsDBNull(column);

        internal override long Number(int column) => reader.GetInt64(column);

        internal override string Text(int column) => reader.GetString(column);

        public override void Dispose()
        {
            reader.Dispose();
            command.Dispose();
        }
    }
}
