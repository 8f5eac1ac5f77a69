namespace MlOps.Drift.Sql;

/// <summary>Counts rows, missing values, NaN and infinities and finds the range of every column: one scan a side.</summary>
internal sealed class Profiles(SqlSession session, SqlSource reference, SqlSource current)
{
    /// <summary>Aggregates in one query; engines allow from 1,024 results on.</summary>
    private const int MostResults = 1000;

    internal async Task<SqlColumnPair[]> OfAsync(SqlColumnPair[] columns, CancellationToken cancellationToken)
    {
        ColumnProfile[] before = await SideAsync(reference, "reference", [.. columns.Select(c => c.Reference)], cancellationToken).ConfigureAwait(false);
        ColumnProfile[] now = await SideAsync(current, "current", [.. columns.Select(c => c.Current)], cancellationToken).ConfigureAwait(false);
        return [.. columns.Select((column, i) => column with { ReferenceProfile = before[i], CurrentProfile = now[i] })];
    }

    private async Task<ColumnProfile[]> SideAsync(SqlSource source, string side, SqlColumn[] columns, CancellationToken cancellationToken)
    {
        Dialect dialect = session.Dialect;
        var profiles = new List<ColumnProfile>();
        foreach (SqlColumn[] some in columns.Chunk(MostResults / dialect.ProfileWidth))
        {
            var sql = new SqlText();
            string from = source.From(sql, dialect);
            sql.Text = $"SELECT {string.Join(",\n  ", ["count(*)", .. some.SelectMany(dialect.Profile)])}\nFROM {from}";
            string step = $"counts and ranges of the {side} columns ({source})";
            double[] values = (await session.NumbersAsync(step, sql, 1, cancellationToken).ConfigureAwait(false))[0];
            long rows = (long)values[0];
            if (rows == 0)
            {
                throw new ArgumentException($"The {side} table has no rows ({source}, {columns.Length} columns); a comparison needs at least one row on both sides.", side);
            }

            for (int c = 0; c < some.Length; c++)
            {
                profiles.Add(dialect.ReadProfile(some[c], rows, values.AsSpan(1 + (c * dialect.ProfileWidth), dialect.ProfileWidth)));
            }
        }

        return [.. profiles];
    }
}
