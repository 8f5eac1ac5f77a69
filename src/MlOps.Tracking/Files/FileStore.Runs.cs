using System.Collections.Concurrent;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Files;

internal sealed partial class FileStore
{
    private const string RunNameTag = "mlflow.runName";
    private const int MostKnownRuns = 50_000;

    // A time stamp of a file may stay the same for two changes this close to each other.
    private static readonly TimeSpan s_stampGrain = TimeSpan.FromMilliseconds(50);

    private static readonly string[] s_notRuns = ["tags", "datasets", "traces", "models"];

    private readonly ConcurrentDictionary<string, KnownRun> _runs = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Run CreateRun(NewRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        Tag[] tags = [.. run.Tags.Select(TrackingLimits.Checked)];
        string? tagged = tags.LastOrDefault(t => t.Key == RunNameTag).Value;
        if (!string.IsNullOrEmpty(run.Name) && !string.IsNullOrEmpty(tagged) && run.Name != tagged)
        {
            throw TrackingLimits.Invalid($"The run's name is '{run.Name}' and its tag {RunNameTag} is '{tagged}': they are one thing. Give one of them, or the same twice.");
        }

        string name = !string.IsNullOrEmpty(run.Name) ? run.Name : !string.IsNullOrEmpty(tagged) ? tagged : RunNames.Invent();
        tags = [.. tags.Where(t => t.Key != RunNameTag), TrackingLimits.Checked(new Tag(RunNameTag, name))];
        return Guarded(() =>
        {
            using StoreLock.Held held = _lock.Take();
            Experiment experiment = ReadExperiment(run.ExperimentId, ActiveExperiment(run.ExperimentId));
            string id = Guid.NewGuid().ToString("N");
            string folder = Path.Combine(_root, experiment.Id, id);
            KeyFolder tagFolder = TagsOf(folder);
            CheckPlaces(tagFolder, tags.Select(t => t.Key));
            foreach (string part in (string[])["metrics", "params", "artifacts", "tags"])
            {
                Directory.CreateDirectory(Path.Combine(folder, part));
            }

            foreach (Tag tag in tags)
            {
                tagFolder.Set(tag.Key, tag.Value, aside: folder);
            }

            new MetaYaml()
                .Set("artifact_uri", FileAddress.Append(experiment.ArtifactLocation, $"{id}/artifacts"))
                .Set("deleted_time", (long?)null)
                .Set("end_time", (long?)null)
                .Set("entry_point_name", "")
                .Set("experiment_id", experiment.Id)
                .Set("lifecycle_stage", "active")
                .Set("run_id", id)
                .Set("run_name", name)
                .Set("run_uuid", id)
                .Set("source_name", "")
                .Set("source_type", 4) // LOCAL; of the time before tags told it
                .Set("source_version", "")
                .Set("start_time", run.StartTime ?? Now)
                .Set("status", (int)RunStatus.Running)
                .SetEmptyList("tags")
                .Set("user_id", run.UserId)
                .Write(Path.Combine(folder, MetaName)); // last: until then nobody takes the folder for a run
            return ReadRun(id, experiment.Id, folder);
        });
    }

    /// <inheritdoc/>
    public Run GetRun(string runId) => Guarded(() =>
    {
        (string experiment, string folder) = FindRun(runId);
        return ReadRun(runId, experiment, folder);
    });

    /// <inheritdoc/>
    public RunInfo UpdateRun(string runId, RunStatus? status = null, long? endTime = null, string? name = null) => Guarded(() =>
    {
        using StoreLock.Held held = _lock.Take();
        string folder = ActiveRun(runId);
        if (!string.IsNullOrEmpty(name))
        {
            Tag tag = TrackingLimits.Checked(new Tag(RunNameTag, name));
            TagsOf(folder).Set(tag.Key, tag.Value, aside: folder);
        }

        return ChangeMeta(runId, folder, meta =>
        {
            if (status is { } changed)
            {
                meta.Set("status", (int)changed);
            }

            if (endTime is { } end)
            {
                meta.Set("end_time", end);
            }

            if (!string.IsNullOrEmpty(name))
            {
                meta.Set("run_name", name);
            }
        });
    });

    /// <inheritdoc/>
    public void DeleteRun(string runId) => SetStage(runId, LifecycleStage.Deleted);

    /// <inheritdoc/>
    public void RestoreRun(string runId) => SetStage(runId, LifecycleStage.Active);

    private void SetStage(string runId, LifecycleStage stage) => Guarded(() =>
    {
        using StoreLock.Held held = _lock.Take();
        (string experiment, string folder) = FindRun(runId);
        if (stage == LifecycleStage.Active && ReadExperiment(experiment, KnownExperiment(experiment)).Stage == LifecycleStage.Deleted)
        {
            throw TrackingLimits.Invalid($"The run '{runId}' was deleted with its experiment '{experiment}'; restore that.");
        }

        ChangeMeta(runId, folder, meta => Mark(meta, stage));
    });

    /// <summary>Deletes or restores all runs of an experiment.</summary>
    private void SetStages(string experiment, string folder, LifecycleStage stage)
    {
        Each(
            RunFolders(folder),
            (id, run) =>
            {
                if (Known(id, experiment, run).Info.Stage != stage)
                {
                    ChangeMeta(id, run, meta => Mark(meta, stage));
                }

                _runs.TryRemove(id, out _);
            },
            CancellationToken.None);
    }

    private void Mark(MetaYaml meta, LifecycleStage stage) => meta
        .Set("lifecycle_stage", stage == LifecycleStage.Deleted ? "deleted" : "active")
        .Set("deleted_time", stage == LifecycleStage.Deleted ? Now : null);

    private RunInfo ChangeMeta(string runId, string folder, Action<MetaYaml> change)
    {
        string path = Path.Combine(folder, MetaName);
        MetaYaml meta = MetaYaml.Read(path);
        change(meta);
        meta.Write(path);
        _runs.TryRemove(runId, out _);
        return Known(runId, ExperimentOf(folder), folder).Info;
    }

    /// <summary>The folder of a run that takes writes.</summary>
    private string ActiveRun(string runId) => Known(runId) is { Info.Stage: LifecycleStage.Active, Folder: var folder }
        ? folder
        : throw TrackingLimits.Invalid($"The run {runId} must be in the 'active' lifecycle_stage to be changed; it is deleted.");

    /// <summary>What is known of a run, read again if its file has changed since.</summary>
    private KnownRun Known(string? runId)
    {
        if (runId is not null && _runs.TryGetValue(runId, out KnownRun? known) && IsFresh(known))
        {
            return known;
        }

        (string experiment, string folder) = FindRun(runId);
        return Known(runId!, experiment, folder);
    }

    private KnownRun Known(string runId, string experiment, string folder)
    {
        if (_runs.TryGetValue(runId, out KnownRun? known) && known.Folder == folder && IsFresh(known))
        {
            return known;
        }

        if (_runs.Count >= MostKnownRuns)
        {
            _runs.Clear();
        }

        return _runs[runId] = ReadKnown(runId, experiment, folder);
    }

    private static bool IsFresh(KnownRun known) => known.IsSure && File.GetLastWriteTimeUtc(known.Meta) == known.Stamp;

    private static bool IsSettled(DateTime stamp) => (DateTime.UtcNow - stamp).Duration() > s_stampGrain;

    private (string Experiment, string Folder) FindRun(string? runId)
    {
        if (runId is not null && Identifier.IsMatch(runId) && !s_notRuns.Contains(runId))
        {
            if (_runs.TryGetValue(runId, out KnownRun? known) && File.Exists(known.Meta))
            {
                return (ExperimentOf(known.Folder), known.Folder);
            }

            foreach ((string experiment, string parent) in ExperimentFolders(ViewType.All))
            {
                string folder = Path.Combine(parent, runId);
                if (Links.IsFolder(folder))
                {
                    return (experiment, folder);
                }
            }
        }

        throw new TrackingException(TrackingError.ResourceDoesNotExist, $"Run '{runId}' not found in {_root}.");
    }

    private static string ExperimentOf(string run) => Path.GetFileName(Path.GetDirectoryName(run))!;

    private static IEnumerable<(string Id, string Folder)> RunFolders(string experiment) => new DirectoryInfo(experiment).EnumerateDirectories()
        .Where(d => (d.Attributes & FileAttributes.ReparsePoint) == 0 && Identifier.IsMatch(d.Name) && !s_notRuns.Contains(d.Name))
        .Select(d => (d.Name, d.FullName));

    private static KnownRun ReadKnown(string runId, string experiment, string folder)
    {
        string path = Path.Combine(folder, MetaName);
        DateTime stamp = File.GetLastWriteTimeUtc(path);
        MetaYaml meta = MetaYaml.Read(path);
        if ((meta.Text("run_id") ?? meta.Text("run_uuid")) is not { } recorded || recorded != runId || (meta.Text("experiment_id") ?? experiment) != experiment)
        {
            throw MetaYaml.Malformed(path, $"it says that it is of run '{meta.Text("run_id") ?? meta.Text("run_uuid")}' in experiment '{meta.Text("experiment_id")}'");
        }

        string? name = meta.Text("run_name");
        bool isNamed = !string.IsNullOrEmpty(name); // old versions of MLflow had the name only in the tag
        var info = new RunInfo(
            runId,
            experiment,
            isNamed ? name! : TagsOf(folder).Find(RunNameTag) is { } tag ? KeyFolder.Text(tag) : "",
            meta.Text("user_id") ?? "",
            StatusOf(meta),
            meta.Number("start_time") ?? 0,
            meta.Number("end_time"),
            meta.Text("artifact_uri") ?? FileAddress.Of(Path.Combine(folder, "artifacts")),
            meta.Text("lifecycle_stage") == "deleted" ? LifecycleStage.Deleted : LifecycleStage.Active);
        return new KnownRun(folder, path, info, stamp, isNamed && IsSettled(stamp));
    }

    private static RunStatus StatusOf(MetaYaml meta) =>
        meta.Number("status") is { } number && Enum.IsDefined((RunStatus)number) ? (RunStatus)number
        : Enum.TryParse(meta.Text("status"), ignoreCase: true, out RunStatus named) && Enum.IsDefined(named) ? named
        : RunStatus.Running;

    private Run ReadRun(string runId, string experiment, string folder) => Filled(Known(runId, experiment, folder).Info, folder);

    /// <summary>Reads all that was logged to a run.</summary>
    private static Run Filled(RunInfo info, string folder)
    {
        var metrics = new List<Metric>();
        foreach ((string key, string path) in MetricsOf(folder).Files())
        {
            if (MetricFile.ReadSummary(path, key) is { } point)
            {
                metrics.Add(point);
            }
        }

        return new Run(
            info,
            metrics,
            [.. ParamsOf(folder).Values().Select(p => new Param(p.Key, p.Value))],
            [.. TagsOf(folder).Values().Select(t => new Tag(t.Key, t.Value))],
            ReadInputs(folder));
    }

    private static KeyFolder MetricsOf(string folder) => new(Path.Combine(folder, "metrics"), "metric");

    private static KeyFolder ParamsOf(string folder) => new(Path.Combine(folder, "params"), "parameter");

    /// <summary>What was read of a run, and the time stamp of its file then.</summary>
    /// <param name="Folder">The run's folder.</param>
    /// <param name="Meta">The file.</param>
    /// <param name="Info">What it says.</param>
    /// <param name="Stamp">The file's time stamp.</param>
    /// <param name="IsSure">Whether another change would show in the time stamp, because this one was long enough ago.</param>
    private sealed record KnownRun(string Folder, string Meta, RunInfo Info, DateTime Stamp, bool IsSure);
}
