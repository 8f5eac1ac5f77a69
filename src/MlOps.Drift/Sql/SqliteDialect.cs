using System.Data.Common;

namespace MlOps.Drift.Sql;

/// <summary>SQLite: the type belongs to the value, not to the column, and NaN is stored as NULL.</summary>
internal sealed class SqliteDialect : Dialect
{
    private const int Whole = 2;
    private const int Real = 3;
    private const int Texts = 4;
    private const int ZeroOrOne = 5;
    private const int Moments = 6;
    private const int Smallest = 7;

    internal override int ProfileWidth => 10;

    internal override SqlEngine Engine => SqlEngine.Sqlite;

    internal override string HasNumber(SqlColumn column) => $"{column.Quoted} IS NOT NULL";

    internal override string Level(SqlColumn column, ColumnKind kind)
    {
        string c = column.Quoted;
        string text = kind == ColumnKind.Truth
            ? $"CASE {c} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
            : $"CASE typeof({c}) WHEN 'blob' THEN hex({c}) WHEN 'real' THEN {RealText(c)} ELSE CAST({c} AS TEXT) END";
        return $"{text} COLLATE BINARY";
    }

    internal override string Floor(string number) => $"CAST({number} AS INTEGER)";

    internal override string First(int rows) => FormattableString.Invariant($"LIMIT {rows}");

    internal override string Tables() => "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name";

    internal override IEnumerable<string> Profile(SqlColumn column)
    {
        string c = column.Quoted;
        string number = Number(column);
        string finite = $"CASE WHEN typeof({c}) IN ('integer', 'real') AND NOT ({IsInfinite(number)}) THEN {number} END";
        return
        [
            $"count({c})",
            $"count(CASE WHEN typeof({c}) = 'real' AND ({IsInfinite(number)}) THEN 1 END)",
            $"count(CASE WHEN typeof({c}) = 'integer' THEN 1 END)",
            $"count(CASE WHEN typeof({c}) = 'real' THEN 1 END)",
            $"count(CASE WHEN typeof({c}) IN ('text', 'blob') THEN 1 END)",
            $"count(CASE WHEN typeof({c}) = 'integer' AND {c} IN (0, 1) THEN 1 END)",
            $"count(CASE WHEN typeof({c}) = 'text' AND {c} LIKE '____-__-__%' AND julianday({c}) IS NOT NULL THEN 1 END)",
            $"min({finite})",
            $"max({finite})",
            $"avg(CASE WHEN typeof({c}) IN ('integer', 'real') AND {number} BETWEEN -1e150 AND 1e150 THEN {number} END)",
        ];
    }

    internal override ColumnProfile ReadProfile(SqlColumn column, long rows, ReadOnlySpan<double> values)
    {
        (long present, long infinite, long texts) = ((long)values[0], (long)values[1], (long)values[Texts]);
        long numbers = (long)(values[Whole] + values[Real]);
        ColumnKind kind = (texts, numbers) switch
        {
            (0, 0) => ColumnKind.Number,
            (0, _) when column.SaysBool && values[ZeroOrOne] == numbers => ColumnKind.Truth,
            (0, _) => ColumnKind.Number,
            (_, 0) when column.SaysTime && values[Moments] == texts => ColumnKind.Time,
            _ => ColumnKind.Text,
        };
        return new ColumnProfile(rows, present, 0, kind == ColumnKind.Number ? infinite : 0, kind)
        {
            Range = (values[Smallest], values[Smallest + 1]),
            Centre = values[Smallest + 2],
            Mixture = texts > 0 && numbers > 0 ? (numbers, texts) : default,
        };
    }

    internal override async Task<Func<Task>?> BeginAsync(DbConnection connection, Action<DbTransaction> began, CancellationToken cancellationToken)
    {
        // The provider's own transaction would ask for the right to write at once, which a file may refuse.
        await RunAsync(connection, "BEGIN DEFERRED", cancellationToken).ConfigureAwait(false);
        return () => RunAsync(connection, "ROLLBACK", CancellationToken.None);
    }

    protected override string IsInfinite(string number) => $"{number} IN (9e999, -9e999)"; // what SQLite reads as ±∞

    /// <summary>A real in a column of texts, written as .NET writes it wherever 15 digits say it all.</summary>
    private static string RealText(string c) =>
        $"CASE WHEN abs({c}) < 1e15 AND {c} = CAST({c} AS INTEGER) THEN CAST(CAST({c} AS INTEGER) AS TEXT) ELSE CAST({c} AS TEXT) END";

    private static async Task RunAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        DbCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
