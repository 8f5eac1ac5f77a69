using System.Globalization;

namespace MlOps.Drift.Sql;

/// <summary>Counts the levels of a categorical column on both sides: one scan of each.</summary>
internal sealed class LevelTables(SqlSession session, SqlSource reference, SqlSource current, int maxLevels)
{
    /// <param name="column">A column of text or truth values.</param>
    /// <param name="most">Distinct texts above which it is an identifier; null for none.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    internal Task<LevelTable> OfAsync(SqlColumnPair column, long? most, CancellationToken cancellationToken)
    {
        var sql = new SqlText();
        Dialect dialect = session.Dialect;
        string before = Side(column.Reference, column.Kind, reference.From(sql, dialect), 1);
        string now = Side(column.Current, column.Kind, current.From(sql, dialect), 0);
        sql.Text = $"""
            WITH v AS (
              {before}
              UNION ALL
              {now}),
            g AS (SELECT l, sum(r) AS a, sum(1 - r) AS b FROM v GROUP BY l)
            SELECT l, a, b, count(*) OVER (), sum(a) OVER (), sum(b) OVER () FROM g ORDER BY a + b DESC, l {dialect.First(maxLevels + 1)}
            """;
        return session.ReadAsync($"the levels of column '{column.Name}'", sql, 2, reader => ReadAsync(reader, most, cancellationToken), cancellationToken);
    }

    private string Side(SqlColumn column, ColumnKind kind, string from, int isReference) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT {session.Dialect.Level(column, kind)} AS l, {isReference} AS r FROM {from} WHERE {column.Quoted} IS NOT NULL");

    private async Task<LevelTable> ReadAsync(System.Data.Common.DbDataReader reader, long? most, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, (long Reference, long Current)>(StringComparer.Ordinal);
        (long distinct, long restReference, long restCurrent) = (0, 0, 0);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (distinct == 0)
            {
                (distinct, restReference, restCurrent) = (Number(reader, 3), Number(reader, 4), Number(reader, 5));
                session.Read(3);
            }

            if (distinct > most)
            {
                return new LevelTable(distinct, null, []);
            }

            session.Read(3);
            if (distinct > maxLevels && counts.Count == maxLevels - 1)
            {
                break; // what is left is joined
            }

            (long before, long now) = (Number(reader, 1), Number(reader, 2));
            counts.Add(reader.GetString(0), (before, now));
            (restReference, restCurrent) = (restReference - before, restCurrent - now);
        }

        if (distinct <= maxLevels)
        {
            return new LevelTable(distinct, Table(counts), []);
        }

        long joined = distinct - counts.Count;
        counts[$"({joined.ToString(CultureInfo.InvariantCulture)} other levels)"] = (restReference, restCurrent);
        string note = string.Create(
            CultureInfo.InvariantCulture,
            $"{distinct} levels: the {joined} rarest ({restReference} reference and {restCurrent} current rows) were joined to one (SqlDriftOptions.MaxLevels = {maxLevels})");
        return new LevelTable(distinct, Table(counts), [note]);
    }

    private static LevelCounts Table(SortedDictionary<string, (long Reference, long Current)> counts) => new(
        [.. counts.Keys], counts.Values.Select(c => c.Reference).ToArray(), counts.Values.Select(c => c.Current).ToArray());

    private static long Number(System.Data.Common.DbDataReader reader, int i) => Convert.ToInt64(reader.GetValue(i), CultureInfo.InvariantCulture);
}
