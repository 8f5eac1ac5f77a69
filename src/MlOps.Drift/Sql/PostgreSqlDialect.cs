using System.Data;
using System.Data.Common;

namespace MlOps.Drift.Sql;

/// <summary>PostgreSQL: NaN and infinities are values there, and an ordered-set aggregate finds many ranks in one sort.</summary>
internal sealed class PostgreSqlDialect : Dialect
{
    /// <summary>Columns that are sorted side by side in one scan; each takes work_mem of its own.</summary>
    private const int SortedTogether = 8;

    internal override SqlEngine Engine => SqlEngine.PostgreSql;

    protected override string TextType => "text";

    internal override string Number(SqlColumn column) => column.Declared switch
    {
        "money" => $"CAST(CAST({column.Quoted} AS numeric) AS double precision)", // neither has a cast of its own
        "oid" => $"CAST(CAST({column.Quoted} AS bigint) AS double precision)",
        _ => base.Number(column),
    };

    internal override string HasNumber(SqlColumn column) =>
        column.IsWhole ? base.HasNumber(column) : $"{Number(column)} < 'NaN'"; // NaN is above all numbers there

    internal override string Level(SqlColumn column, ColumnKind kind) => $"CAST({column.Quoted} AS text) COLLATE \"C\"";

    internal override string First(int rows) => FormattableString.Invariant($"LIMIT {rows}");

    internal override string Tables() =>
        """
        SELECT c.relname FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' ORDER BY 1
        """;

    internal override IEnumerable<RankQuery> Ranks(SqlSource source, IReadOnlyList<SqlColumn> columns, IReadOnlyList<long[]> ranks, IReadOnlyList<long> counts)
    {
        foreach (int[] some in Enumerable.Range(0, columns.Count).Chunk(SortedTogether))
        {
            var sql = new SqlText();
            string from = source.From(sql, this);
            IEnumerable<string> found = some.Select(c =>
            {
                // percentile_disc(p) is the value of rank ⌈p·n⌉: half a rank below makes it safe from rounding.
                double[] shares = Array.ConvertAll(ranks[c], rank => (rank - 0.5) / counts[c]);
                string number = columns[c].IsWhole ? Number(columns[c]) : $"CASE WHEN {HasNumber(columns[c])} THEN {Number(columns[c])} END";
                return $"percentile_disc(CAST({sql.Parameter(shares)} AS double precision[])) WITHIN GROUP (ORDER BY {number})";
            });
            sql.Text = $"SELECT {string.Join(",\n  ", found)}\nFROM {from}";
            yield return new RankQuery(sql, [.. some.Select(c => columns[c].Name)], (reader, values) =>
            {
                for (int i = 0; i < some.Length; i++)
                {
                    reader.GetFieldValue<double[]>(i).CopyTo(values[some[i]], 0);
                }
            });
        }
    }

    internal override async Task<Func<Task>?> BeginAsync(DbConnection connection, Action<DbTransaction> began, CancellationToken cancellationToken)
    {
        DbTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        began(transaction);
        DbCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = transaction;
            command.CommandText = "SET TRANSACTION READ ONLY";
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return EndOf(transaction);
    }

    protected override string IsNaN(string number) => $"{number} = 'NaN'";

    protected override string IsInfinite(string number) => $"{number} IN ('Infinity', '-Infinity')";
}
