namespace MlOps.Tracking.Sql;

internal sealed partial class SqlStore
{
    private const int Together = 100; // runs a statement asks about: one text for every page, so it is prepared once

    private static readonly string s_hundred = string.Join(", ", Enumerable.Range(1, Together).Select(i => FormattableString.Invariant($"${i}")));

    private static readonly string s_metricsOf = $"SELECT run, key, value, time, step FROM metrics WHERE run IN ({s_hundred}) ORDER BY run";
    private static readonly string s_paramsOf = $"SELECT run, key, value FROM params WHERE run IN ({s_hundred}) ORDER BY run, key";
    private static readonly string s_tagsOf = $"SELECT run, key, value FROM tags WHERE run IN ({s_hundred}) ORDER BY run, key";
    private static readonly string s_inputsOf = $"SELECT i.run, i.dataset, d.name, d.digest, d.source_type, d.source, d.data_schema, d.profile FROM inputs i JOIN datasets d ON d.number = i.dataset "
        + $"WHERE i.run IN ({s_hundred}) ORDER BY i.run, i.place";

    private static readonly string s_inputTagsOf = $"SELECT run, dataset, key, value FROM input_tags WHERE run IN ({s_hundred}) ORDER BY run, dataset, key";

    private static readonly string s_runsOf = $"SELECT {RunColumns} FROM runs WHERE number IN ({s_hundred})";

    /// <summary>Fetches runs with what was logged to them, in the order of their numbers here.</summary>
    private Run[] Filled(SqlSession session, IReadOnlyList<long> numbers)
    {
        var byNumber = new Dictionary<long, StoredRun>(numbers.Count);
        foreach (long[] some in numbers.Chunk(Together))
        {
            foreach (StoredRun run in session.Rows(s_runsOf, row => new StoredRun(row), Hundred(some)))
            {
                byNumber.Add(run.Number, run);
            }
        }

        return Filled(session, [.. numbers.Select(number => byNumber[number])]);
    }

    /// <summary>Fetches what was logged to runs, a hundred of them a statement.</summary>
    private Run[] Filled(SqlSession session, List<StoredRun> runs)
    {
        foreach (StoredRun[] some in runs.Chunk(Together))
        {
            Dictionary<long, StoredRun> byNumber = some.ToDictionary(run => run.Number);
            SqlValue[] numbers = Hundred([.. some.Select(run => run.Number)]);
            FillMetrics(session, numbers, byNumber);
            Each(session, s_paramsOf, numbers, byNumber, static (run, row) => run.Params.Add(new Param(row.Text(1), row.Text(2))));
            Each(session, s_tagsOf, numbers, byNumber, static (run, row) => run.Tags.Add(new Tag(row.Text(1), row.Text(2))));
            FillInputs(session, numbers, byNumber);
        }

        return [.. runs.Select(run => run.ToRun())];
    }

    /// <summary>Fills up to a hundred by repeating the last: IN does not mind.</summary>
    private static SqlValue[] Hundred(long[] numbers) => [.. Enumerable.Range(0, Together).Select(i => (SqlValue)numbers[Math.Min(i, numbers.Length - 1)])];

    /// <summary>Fetches the summaries. The keys' names are few and never change, so they are remembered rather than joined to every row.</summary>
    private void FillMetrics(SqlSession session, SqlValue[] numbers, Dictionary<long, StoredRun> runs)
    {
        var found = new List<(StoredRun Run, long Key, Metric Point)>();
        Each(session, s_metricsOf, numbers, runs, (run, row) =>
            found.Add((run, row.Number(1), new Metric("", OrderedDouble.ToDouble(row.Number(2)), row.Number(3), row.Number(4)))));
        foreach ((StoredRun run, long key, Metric point) in found)
        {
            run.Metrics.Add(point with { Key = KeyName(session, key) });
        }

        foreach (StoredRun run in runs.Values)
        {
            run.Metrics.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        }
    }

    private string KeyName(SqlSession session, long key) => _keyNames.TryGetValue(key, out string? known)
        ? known
        : Remember(_keyNames, key, session.Text("SELECT name FROM metric_keys WHERE number = $1", key)!);

    private static void FillInputs(SqlSession session, SqlValue[] numbers, Dictionary<long, StoredRun> runs)
    {
        var tags = new Dictionary<(long Run, long Dataset), List<Tag>>();
        Each(session, s_inputsOf, numbers, runs, (run, row) =>
        {
            List<Tag> own = tags[(run.Number, row.Number(1))] = [];
            run.Inputs.Add(new DatasetInput(new Dataset(row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.TextOrNull(6), row.TextOrNull(7)), own));
        });
        if (tags.Count > 0)
        {
            Each(session, s_inputTagsOf, numbers, runs, (run, row) => tags[(run.Number, row.Number(1))].Add(new Tag(row.Text(2), row.Text(3))));
        }
    }

    /// <summary>Gives every row to the run whose number is in its first column.</summary>
    private static void Each(SqlSession session, string sql, SqlValue[] numbers, Dictionary<long, StoredRun> runs, Action<StoredRun, SqlCursor> add)
    {
        using SqlCursor rows = session.Query(sql, numbers);
        while (rows.Read())
        {
            add(runs[rows.Number(0)], rows);
        }
    }
}
