using System.Collections.Concurrent;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Sql;

internal sealed partial class SqlStore
{
    private const string NameTag = "mlflow.runName";
    private const string RunColumns = "number, id, experiment, name, user_id, status, start_time, end_time, artifact_uri, stage";

    public Run CreateRun(NewRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Tag tag in run.Tags)
        {
            Tag kept = TrackingLimits.Checked(tag);
            tags[kept.Key] = kept.Value;
        }

        string? tagged = tags.GetValueOrDefault(NameTag);
        if (!string.IsNullOrEmpty(run.Name) && !string.IsNullOrEmpty(tagged) && run.Name != tagged)
        {
            throw TrackingLimits.Invalid($"Both 'run_name' argument and '{NameTag}' tag are specified, but with different values (run_name='{run.Name}', {NameTag}='{tagged}').");
        }

        string name = tags[NameTag] = !string.IsNullOrEmpty(run.Name) ? run.Name : !string.IsNullOrEmpty(tagged) ? tagged : RunNames.Invent();
        string id = Guid.NewGuid().ToString("N");
        long start = run.StartTime ?? Now();
        return _database.Write(session =>
        {
            long experiment = CheckIsActive(session, run.ExperimentId);
            string uri = session.Text("SELECT artifact_location FROM experiments WHERE number = $1", experiment)!.TrimEnd('/') + $"/{id}/artifacts";
            long number = session.Number(
                "INSERT INTO runs (id, experiment, name, user_id, status, start_time, end_time, artifact_uri, stage) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) RETURNING number",
                id, experiment, name, run.UserId ?? "", (long)RunStatus.Running, start, (long?)null, uri)!.Value;
            foreach ((string key, string value) in tags)
            {
                WriteTag(session, new RunPlace(number, experiment), new Tag(key, value));
            }

            var info = new RunInfo(id, run.ExperimentId, name, run.UserId ?? "", RunStatus.Running, start, null, uri, LifecycleStage.Active);
            return new Run(info, [], [], [.. tags.Select(tag => new Tag(tag.Key, tag.Value))], []);
        });
    }

    public Run GetRun(string runId) => _database.Read(session =>
    {
        List<StoredRun> found = session.Rows($"SELECT {RunColumns} FROM runs WHERE id = $1", row => new StoredRun(row), runId);
        return found.Count == 1 ? Filled(session, found)[0] : throw NoRun(runId);
    });

    public RunInfo UpdateRun(string runId, RunStatus? status = null, long? endTime = null, string? name = null) => _database.Write(session =>
    {
        RunPlace place = Claim(session, runId);
        if (status is { } changed)
        {
            session.Run("UPDATE runs SET status = $1 WHERE number = $2", (long)changed, place.Number);
        }

        if (endTime is { } end)
        {
            session.Run("UPDATE runs SET end_time = $1 WHERE number = $2", end, place.Number);
        }

        if (!string.IsNullOrEmpty(name))
        {
            WriteTag(session, place, TrackingLimits.Checked(new Tag(NameTag, name)));
        }

        using SqlCursor row = session.Query($"SELECT {RunColumns} FROM runs WHERE number = $1", place.Number);
        row.Read();
        return new StoredRun(row).Info;
    });

    public void DeleteRun(string runId) => SetRunStage(runId, LifecycleStage.Deleted);

    public void RestoreRun(string runId) => SetRunStage(runId, LifecycleStage.Active);

    private static TrackingException NoRun(string runId) => NotThere($"Run with id={runId} not found.");

    private void SetRunStage(string runId, LifecycleStage stage) => _database.Write(session =>
    {
        if (session.Run("UPDATE runs SET stage = $1 WHERE id = $2", (long)stage, runId) == 0)
        {
            throw NoRun(runId);
        }
    });

    /// <summary>Finds a run that may be written to, and keeps it so until the transaction ends.</summary>
    private RunPlace Claim(SqlSession session, string runId)
    {
        RunPlace place = Place(session, runId);
        long stage = session.Number("SELECT stage FROM runs WHERE number = $1" + _database.Words.ForUpdate, place.Number) ?? throw NoRun(runId);
        return stage == (long)LifecycleStage.Active
            ? place
            : throw TrackingLimits.Invalid($"The run {runId} must be in the 'active' state. Current state is deleted.");
    }

    private RunPlace Place(SqlSession session, string runId)
    {
        if (runId is not null && _places.TryGetValue(runId, out RunPlace known))
        {
            return known;
        }

        using SqlCursor row = session.Query("SELECT number, experiment FROM runs WHERE id = $1", string.IsNullOrEmpty(runId) ? throw TrackingLimits.Missing("run_id") : runId);
        if (!row.Read())
        {
            throw NoRun(runId);
        }

        // A run made in this very transaction is not asked for by anybody yet: what is remembered here is there for good.
        return Remember(_places, runId, new RunPlace(row.Number(0), row.Number(1)));
    }

    private static T Remember<TKey, T>(ConcurrentDictionary<TKey, T> known, TKey key, T value)
        where TKey : notnull
    {
        if (known.Count >= MostKnown)
        {
            known.Clear();
        }

        return known[key] = value;
    }

    /// <summary>A run as its table has it.</summary>
    private sealed class StoredRun(SqlCursor row)
    {
        internal long Number { get; } = row.Number(0);

        internal RunInfo Info { get; } = new(
            row.Text(1), Text(row.Number(2)), row.Text(3), row.Text(4), (RunStatus)row.Number(5), row.Number(6), row.NumberOrNull(7), row.Text(8), (LifecycleStage)row.Number(9));

        internal List<Metric> Metrics { get; } = [];

        internal List<Param> Params { get; } = [];

        internal List<Tag> Tags { get; } = [];

        internal List<DatasetInput> Inputs { get; } = [];

        internal Run ToRun() => new(Info, Metrics, Params, Tags, Inputs);
    }
}
