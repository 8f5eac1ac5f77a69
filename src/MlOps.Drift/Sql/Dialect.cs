using System.Data;
using System.Data.Common;

namespace MlOps.Drift.Sql;

/// <summary>How one engine spells what a report needs. This one spells it as the SQL standard does.</summary>
internal class Dialect
{
    /// <summary>Beyond this a sum of squares or of few values may overflow; such values do not help to find a centre.</summary>
    private const string Enormous = "1e150";

    /// <summary>Results of <see cref="Profile"/> per column.</summary>
    internal virtual int ProfileWidth => 6;

    internal virtual SqlEngine Engine => SqlEngine.Standard;

    /// <summary>The type to cast levels to.</summary>
    protected virtual string TextType => "varchar(4000)";

    /// <summary>The engine of a connection.</summary>
    internal static Dialect Of(DbConnection connection, SqlEngine engine)
    {
        if (engine == SqlEngine.Auto)
        {
            string type = connection.GetType().Name;
            engine = type.Contains("sqlite", StringComparison.OrdinalIgnoreCase) ? SqlEngine.Sqlite
                : type.Contains("npgsql", StringComparison.OrdinalIgnoreCase) ? SqlEngine.PostgreSql
                : SqlEngine.Standard;
        }

        return engine switch
        {
            SqlEngine.Sqlite => new SqliteDialect(),
            SqlEngine.PostgreSql => new PostgreSqlDialect(),
            SqlEngine.Standard => new Dialect(),
            _ => throw new ArgumentOutOfRangeException(nameof(engine), engine, "Unknown engine."),
        };
    }

    internal virtual string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The column's number as a double.</summary>
    internal virtual string Number(SqlColumn column) => $"CAST({column.Quoted} AS double precision)";

    /// <summary>A condition that leaves out what is missing: NULL, and NaN where the engine has it.</summary>
    internal virtual string HasNumber(SqlColumn column) => column.IsWhole ? $"{column.Quoted} IS NOT NULL" : $"NOT ({IsNaN(Number(column))})";

    /// <summary>The column's level as text, compared character by character.</summary>
    internal virtual string Level(SqlColumn column, ColumnKind kind) => kind == ColumnKind.Truth
        ? $"CASE WHEN {column.Quoted} THEN 'true' WHEN NOT {column.Quoted} THEN 'false' END"
        : $"CAST({column.Quoted} AS {TextType})";

    /// <summary>The whole part of a number that is not negative.</summary>
    internal virtual string Floor(string number) => $"floor({number})";

    internal virtual string First(int rows) => FormattableString.Invariant($"FETCH FIRST {rows} ROWS ONLY");

    /// <summary>A query for the names of all tables and views.</summary>
    internal virtual string Tables() =>
        "SELECT table_name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY table_name";

    /// <summary>The aggregates of one column's profile: present, NaN, infinite, smallest, largest, centre.</summary>
    internal virtual IEnumerable<string> Profile(SqlColumn column)
    {
        if (KindOf(column) != ColumnKind.Number)
        {
            return [$"count({column.Quoted})", "0", "0", "NULL", "NULL", "NULL"];
        }

        string number = Number(column);
        if (column.IsWhole)
        {
            return [$"count({column.Quoted})", "0", "0", $"min({number})", $"max({number})", $"avg({number})"];
        }

        (string nan, string infinite) = (IsNaN(number), IsInfinite(number));
        string finite = $"CASE WHEN NOT ({nan}) AND NOT ({infinite}) THEN {number} END";
        return
        [
            $"count({column.Quoted})",
            $"count(CASE WHEN {nan} THEN 1 END)",
            $"count(CASE WHEN {infinite} THEN 1 END)",
            $"min({finite})",
            $"max({finite})",
            $"avg(CASE WHEN {number} BETWEEN -{Enormous} AND {Enormous} THEN {number} END)",
        ];
    }

    /// <summary>Reads what <see cref="Profile"/> asked for.</summary>
    internal virtual ColumnProfile ReadProfile(SqlColumn column, long rows, ReadOnlySpan<double> values)
    {
        (long nan, long infinite) = ((long)values[1], (long)values[2]);
        return new ColumnProfile(rows, (long)values[0] - nan, nan, infinite, KindOf(column)) { Range = (values[3], values[4]), Centre = values[5] };
    }

    /// <summary>Finds values by their rank (from 1 to n) in ascending order; one query for some columns of one side.</summary>
    /// <returns>The query and how its rows are read into one array a column, parallel to <paramref name="ranks"/>.</returns>
    internal virtual IEnumerable<RankQuery> Ranks(SqlSource source, IReadOnlyList<SqlColumn> columns, IReadOnlyList<long[]> ranks, IReadOnlyList<long> counts)
    {
        for (int c = 0; c < columns.Count; c++)
        {
            var sql = new SqlText();
            string from = source.From(sql, this);
            string wanted = string.Join(", ", ranks[c].Select(rank => sql.Parameter(rank)));
            sql.Text = $"""
                SELECT k, x FROM (
                  SELECT {Number(columns[c])} AS x, row_number() OVER (ORDER BY {Number(columns[c])}) AS k
                  FROM {from} WHERE {HasNumber(columns[c])}) AS o
                WHERE k IN ({wanted})
                """;
            int column = c;
            yield return new RankQuery(sql, [columns[c].Name], (reader, found) => found[column][Array.IndexOf(ranks[column], reader.GetInt64(0))] = reader.GetDouble(1));
        }
    }

    /// <summary>Begins to read one state of the data, where the engine can; null where there is nothing to end.</summary>
    internal virtual async Task<Func<Task>?> BeginAsync(DbConnection connection, Action<DbTransaction> began, CancellationToken cancellationToken)
    {
        DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        began(transaction);
        return EndOf(transaction);
    }

    /// <summary>How the values of a column are compared, by its type.</summary>
    protected virtual ColumnKind KindOf(SqlColumn column) => Type.GetTypeCode(column.Clr) switch
    {
        TypeCode.Boolean => ColumnKind.Truth,
        TypeCode.DateTime => ColumnKind.Time,
        >= TypeCode.SByte and <= TypeCode.Decimal => ColumnKind.Number,
        _ when column.Clr == typeof(DateTimeOffset) || column.Clr == typeof(DateOnly) => ColumnKind.Time,
        _ => ColumnKind.Text,
    };

    protected virtual string IsNaN(string number) => $"{number} <> {number}";

    protected virtual string IsInfinite(string number) => $"{number} > 1.7976931348623157e308 OR {number} < -1.7976931348623157e308";

    protected static Func<Task> EndOf(DbTransaction transaction) => async () =>
    {
        await using (transaction.ConfigureAwait(false))
        {
            if (transaction.Connection is { State: ConnectionState.Open })
            {
                await transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false); // nothing was written
            }
        }
    };
}
