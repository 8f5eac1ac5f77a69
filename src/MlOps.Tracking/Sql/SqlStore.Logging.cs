using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Sql;

internal sealed partial class SqlStore
{
    internal const string AddPoint = "INSERT INTO points (run, key, step, time, value) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";

    private const string RaiseSummary = "INSERT INTO metrics (experiment, key, run, step, time, value) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (experiment, key, run) "
        + "DO UPDATE SET step = excluded.step, time = excluded.time, value = excluded.value WHERE (excluded.step, excluded.time, excluded.value) > (metrics.step, metrics.time, metrics.value)";

    public void LogMetric(string runId, Metric metric)
    {
        long key = KeyNumber(runId, metric);
        _database.Write(session =>
        {
            RunPlace run = Claim(session, runId);
            long value = OrderedDouble.Of(metric.Value);
            session.Run(AddPoint, run.Number, key, metric.Step, metric.Timestamp, value);
            session.Run(RaiseSummary, run.Experiment, key, run.Number, metric.Step, metric.Timestamp, value);
        });
    }

    public void LogParam(string runId, Param param)
    {
        Param kept = TrackingLimits.Checked(param);
        _database.Write(session => WriteParam(session, Claim(session, runId), kept));
    }

    public void SetTag(string runId, Tag tag)
    {
        Tag kept = TrackingLimits.Checked(tag);
        _database.Write(session => WriteTag(session, Claim(session, runId), kept));
    }

    public void DeleteTag(string runId, string key) => _database.Write(session =>
    {
        RunPlace run = Claim(session, runId);
        if (session.Run("DELETE FROM tags WHERE experiment = $1 AND key = $2 AND run = $3", run.Experiment, key, run.Number) == 0)
        {
            throw NotThere($"No tag with name: {key} in run with id {runId}.");
        }
    });

    public void LogBatch(string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<Tag> tags)
    {
        var keys = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (Metric metric in metrics)
        {
            if (metric.Key is null || keys.TryAdd(metric.Key, 0))
            {
                TrackingLimits.CheckMetric(metric);
            }
        }

        Param[] keptParams = Checked(parameters);
        Tag[] keptTags = [.. tags.Select(TrackingLimits.Checked)];
        foreach (string key in keys.Keys)
        {
            keys[key] = KeyNumber(runId, new Metric(key, 0, 0));
        }

        _database.Write(session =>
        {
            RunPlace run = Claim(session, runId);
            foreach (Param param in keptParams)
            {
                WriteParam(session, run, param);
            }

            if (metrics.Count > 0)
            {
                WritePoints(session, run, metrics, keys);
            }

            foreach (Tag tag in keptTags)
            {
                WriteTag(session, run, tag);
            }
        });
    }

    public void LogInputs(string runId, IReadOnlyList<DatasetInput> inputs)
    {
        foreach ((Dataset data, _) in inputs)
        {
            _ = data.Name is null ? throw TrackingLimits.Missing("name")
                : data.Digest is null ? throw TrackingLimits.Missing("digest")
                : data.SourceType is null ? throw TrackingLimits.Missing("source_type")
                : data.Source ?? throw TrackingLimits.Missing("source");
        }

        _database.Write(session =>
        {
            RunPlace run = Claim(session, runId);
            foreach (DatasetInput input in inputs)
            {
                WriteInput(session, run, input);
            }
        });
    }

    public IReadOnlyList<Metric> GetMetricHistory(string runId, string key, CancellationToken cancellationToken = default) => _database.Read(
        session =>
        {
            RunPlace run = Place(session, runId);
            return session.Rows(
                "SELECT p.value, p.time, p.step FROM points p JOIN metric_keys k ON k.number = p.key WHERE p.run = $1 AND k.name = $2 ORDER BY p.step, p.time, p.value",
                row => new Metric(key, OrderedDouble.ToDouble(row.Number(0)), row.Number(1), row.Number(2)),
                run.Number,
                key);
        },
        cancellationToken);

    private static Param[] Checked(IReadOnlyList<Param> parameters)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new Param[parameters.Count];
        for (int i = 0; i < kept.Length; i++)
        {
            kept[i] = TrackingLimits.Checked(parameters[i]);
            if (!seen.Add(kept[i].Key))
            {
                throw TrackingLimits.Invalid($"Duplicate parameter keys have been submitted: '{kept[i].Key}'. A parameter has one value.");
            }
        }

        return kept;
    }

    private static void WriteParam(SqlSession session, RunPlace run, Param param)
    {
        if (session.Run(
            "INSERT INTO params (experiment, key, run, value) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", run.Experiment, param.Key, run.Number, param.Value) == 1)
        {
            return;
        }

        string old = session.Text("SELECT value FROM params WHERE experiment = $1 AND key = $2 AND run = $3", run.Experiment, param.Key, run.Number)!;
        if (old != param.Value)
        {
            throw TrackingLimits.Invalid($"Changing param values is not allowed. Param with key='{param.Key}' was already logged with value='{Shown(old)}'; new value is '{Shown(param.Value)}'.");
        }
    }

    private static string Shown(string value) => value.Length <= 200 ? value : value[..197] + "...";

    private static void WriteTag(SqlSession session, RunPlace run, Tag tag)
    {
        session.Run(
            "INSERT INTO tags (experiment, key, run, value) VALUES ($1, $2, $3, $4) ON CONFLICT (experiment, key, run) DO UPDATE SET value = excluded.value",
            run.Experiment, tag.Key, run.Number, tag.Value);
        if (tag.Key == NameTag)
        {
            session.Run("UPDATE runs SET name = $1 WHERE number = $2", tag.Value, run.Number);
        }
    }

    /// <summary>Writes the points as they come, and of every key only the greatest to the summary.</summary>
    private static void WritePoints(SqlSession session, RunPlace run, IReadOnlyList<Metric> metrics, Dictionary<string, long> keys)
    {
        int n = metrics.Count;
        var points = new SqlPoints(new long[n], new long[n], new long[n], new long[n]);
        var greatest = new SortedDictionary<long, (long Step, long Time, long Value)>();
        for (int i = 0; i < n; i++)
        {
            Metric metric = metrics[i];
            long key = points.Keys[i] = keys[metric.Key];
            (long Step, long Time, long Value) point = (metric.Step, metric.Timestamp, OrderedDouble.Of(metric.Value));
            (points.Steps[i], points.Times[i], points.Values[i]) = point;
            if (!greatest.TryGetValue(key, out (long Step, long Time, long Value) most) || point.CompareTo(most) > 0)
            {
                greatest[key] = point;
            }
        }

        session.AddPoints(run.Number, points);
        foreach ((long key, (long step, long time, long value)) in greatest)
        {
            session.Run(RaiseSummary, run.Experiment, key, run.Number, step, time, value);
        }
    }

    private static void WriteInput(SqlSession session, RunPlace run, DatasetInput input)
    {
        (Dataset data, IReadOnlyList<Tag> tags) = input;
        session.Run(
            "INSERT INTO datasets (experiment, name, digest, source_type, source, data_schema, profile) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            run.Experiment, data.Name, data.Digest, data.SourceType, data.Source, data.Schema, data.Profile);
        long dataset = session.Number("SELECT number FROM datasets WHERE experiment = $1 AND name = $2 AND digest = $3", run.Experiment, data.Name, data.Digest)!.Value;
        session.Run(
            "INSERT INTO inputs (run, dataset, place) VALUES ($1, $2, (SELECT count(*) FROM inputs WHERE run = $1)) ON CONFLICT DO NOTHING", run.Number, dataset);
        foreach (Tag tag in tags)
        {
            session.Run(
                "INSERT INTO input_tags (run, dataset, key, value) VALUES ($1, $2, $3, $4) ON CONFLICT (run, dataset, key) DO UPDATE SET value = excluded.value",
                run.Number, dataset, tag.Key, tag.Value);
        }
    }

    /// <summary>Returns the number that stands for a metric's key, and makes one for a new key once the run is known to be there.</summary>
    /// <remarks>In a transaction of its own, before the one that uses it: two batches with the same new keys in another order would wait for each other for ever.</remarks>
    private long KeyNumber(string runId, Metric metric)
    {
        string key = metric.Key;
        if (key is not null && _keys.TryGetValue(key, out long known))
        {
            return known; // a key that is known was checked once
        }

        TrackingLimits.CheckMetric(metric);
        long number = _database.Write(session =>
        {
            Claim(session, runId);
            session.Run("INSERT INTO metric_keys (name) VALUES ($1) ON CONFLICT DO NOTHING", key);
            return session.Number("SELECT number FROM metric_keys WHERE name = $1", key)!.Value;
        });
        return Remember(_keys, key!, number);
    }
}
