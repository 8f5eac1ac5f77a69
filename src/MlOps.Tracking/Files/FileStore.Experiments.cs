using System.Globalization;
using System.Security.Cryptography;
using MlOps.Tracking.Search;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Files;

internal sealed partial class FileStore
{
    /// <inheritdoc/>
    /// <remarks>The identifier is a random number of 18 digits, so that folders of two machines can be put together.</remarks>
    public string CreateExperiment(string name, string? artifactLocation = null, IReadOnlyList<Tag>? tags = null)
    {
        TrackingLimits.CheckExperimentName(name);
        foreach (Tag tag in tags ?? [])
        {
            TrackingLimits.CheckExperimentTag(tag);
        }

        return Guarded(() =>
        {
            using StoreLock.Held held = _lock.Take();
            CheckFree(name);
            string id;
            do
            {
                id = string.Create(CultureInfo.InvariantCulture, $"{RandomNumberGenerator.GetInt32(100_000_000, 1_000_000_000)}{RandomNumberGenerator.GetInt32(1_000_000_000):D9}");
            }
            while (ExperimentFolder(id) is not null);
            WriteExperiment(id, name, artifactLocation, tags ?? []);
            return id;
        });
    }

    /// <inheritdoc/>
    public Experiment GetExperiment(string experimentId) => Guarded(() => ReadExperiment(experimentId, KnownExperiment(experimentId)));

    /// <inheritdoc/>
    public Experiment? FindExperiment(string name) => Guarded(() => Experiments(ViewType.All).FirstOrDefault(e => e.Name == name));

    /// <inheritdoc/>
    public void RenameExperiment(string experimentId, string name)
    {
        TrackingLimits.CheckExperimentName(name);
        Guarded(() =>
        {
            using StoreLock.Held held = _lock.Take();
            string folder = ActiveExperiment(experimentId);
            if (ReadExperiment(experimentId, folder).Name != name)
            {
                CheckFree(name);
            }

            string meta = Path.Combine(folder, MetaName);
            MetaYaml.Read(meta).Set("name", name).Set("last_update_time", Now).Write(meta);
        });
    }

    /// <inheritdoc/>
    /// <remarks>Its folder moves to <c>.trash</c>. As in MLflow, the experiment <c>Default</c> cannot be deleted.</remarks>
    public void DeleteExperiment(string experimentId) => Guarded(() =>
    {
        if (experimentId == Experiment.DefaultId)
        {
            throw TrackingLimits.Invalid("The experiment 'Default' cannot be deleted from a store of files: MLflow counts on its folder.");
        }

        using StoreLock.Held held = _lock.Take();
        string folder = KnownExperiment(experimentId);
        if (IsInTrash(folder))
        {
            throw new TrackingException(TrackingError.ResourceDoesNotExist, $"The experiment '{experimentId}' is deleted already.");
        }

        string meta = Path.Combine(folder, MetaName);
        MetaYaml read = MetaYaml.Read(meta);
        SetStages(experimentId, folder, LifecycleStage.Deleted);
        read.Set("lifecycle_stage", "deleted").Set("last_update_time", Now).Write(meta);
        Directory.CreateDirectory(Path.Combine(_root, TrashName));
        Directory.Move(folder, Path.Combine(_root, TrashName, experimentId));
    });

    /// <inheritdoc/>
    /// <remarks>As in MLflow all its runs come back, also those that were deleted one by one before.</remarks>
    public void RestoreExperiment(string experimentId) => Guarded(() =>
    {
        using StoreLock.Held held = _lock.Take();
        string folder = KnownExperiment(experimentId);
        if (!IsInTrash(folder) && ReadExperiment(experimentId, folder).Stage == LifecycleStage.Active)
        {
            throw new TrackingException(TrackingError.ResourceDoesNotExist, $"The experiment '{experimentId}' is not deleted.");
        }

        if (IsInTrash(folder))
        {
            string back = Path.Combine(_root, experimentId);
            Directory.Move(folder, back);
            folder = back;
        }

        string meta = Path.Combine(folder, MetaName);
        MetaYaml read = MetaYaml.Read(meta);
        SetStages(experimentId, folder, LifecycleStage.Active);
        read.Set("lifecycle_stage", "active").Set("last_update_time", Now).Write(meta);
    });

    /// <inheritdoc/>
    public void SetExperimentTag(string experimentId, Tag tag)
    {
        TrackingLimits.CheckExperimentTag(tag);
        Guarded(() =>
        {
            using StoreLock.Held held = _lock.Take();
            string folder = ActiveExperiment(experimentId);
            TagsOf(folder).Set(tag.Key, tag.Value ?? "", aside: folder);
        });
    }

    /// <inheritdoc/>
    public void DeleteExperimentTag(string experimentId, string key) => Guarded(() =>
    {
        using StoreLock.Held held = _lock.Take();
        if (!TagsOf(ActiveExperiment(experimentId)).Remove(Checked(key)))
        {
            throw new TrackingException(TrackingError.ResourceDoesNotExist, $"The experiment '{experimentId}' has no tag '{key}'.");
        }
    });

    /// <inheritdoc/>
    public Page<Experiment> SearchExperiments(SearchQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        TrackingLimits.CheckPage(query.MaxResults, RunQuery.Most);
        long offset = PageToken.Read(query.PageToken);
        Func<Experiment, bool> matches = FilterEvaluator.OfExperiments(FilterParser.Parse(query.Filter, FilterTarget.Experiments, query.StrictMlflow));
        Comparison<Experiment> order = OrderComparer.OfExperiments(OrderParser.Parse(query.OrderBy, FilterTarget.Experiments));
        return Guarded(() =>
        {
            var found = new List<Experiment>();
            foreach (Experiment experiment in Experiments(query.View))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (matches(experiment))
                {
                    found.Add(experiment);
                }
            }

            found.Sort(order);
            return PageOf(found, offset, query.MaxResults);
        });
    }

    private static Page<T> PageOf<T>(List<T> all, long offset, int most)
    {
        int start = (int)Math.Min(offset, all.Count);
        int count = Math.Min(most, all.Count - start);
        return new Page<T>(all.GetRange(start, count), start + count < all.Count ? PageToken.Of(start + count) : null);
    }

    /// <summary>The experiments that can be read; what is malformed is left out, as MLflow does.</summary>
    private IEnumerable<Experiment> Experiments(ViewType view)
    {
        foreach ((string id, string folder) in ExperimentFolders(view == ViewType.DeletedOnly ? ViewType.All : view))
        {
            Experiment? experiment = null;
            try
            {
                experiment = ReadExperiment(id, folder);
            }
            catch (Exception e) when (e is TrackingException { Error: TrackingError.InternalError } or FileNotFoundException or DirectoryNotFoundException)
            {
                continue; // GetExperiment says what is wrong with it
            }

            if (view == ViewType.All || experiment.Stage == LifecycleStage.Active == (view == ViewType.ActiveOnly))
            {
                yield return experiment;
            }
        }
    }

    /// <summary>Folders that may be experiments: outside the trash, in it too, or both.</summary>
    private IEnumerable<(string Id, string Folder)> ExperimentFolders(ViewType view)
    {
        foreach (string parent in view == ViewType.ActiveOnly ? (string[])[_root] : [_root, Path.Combine(_root, TrashName)])
        {
            if (!Directory.Exists(parent))
            {
                continue;
            }

            foreach (DirectoryInfo folder in new DirectoryInfo(parent).EnumerateDirectories())
            {
                if ((folder.Attributes & FileAttributes.ReparsePoint) == 0 && IsExperimentId(folder.Name))
                {
                    yield return (folder.Name, folder.FullName);
                }
            }
        }
    }

    private static bool IsExperimentId(string? id) => id is not (null or ModelsName) && Identifier.IsMatch(id);

    private string? ExperimentFolder(string? id)
    {
        if (!IsExperimentId(id))
        {
            return null;
        }

        string active = Path.Combine(_root, id!);
        string deleted = Path.Combine(_root, TrashName, id!);
        return Links.IsFolder(active) ? active : Links.IsFolder(deleted) ? deleted : null;
    }

    private string KnownExperiment(string? id) =>
        ExperimentFolder(id) ?? throw new TrackingException(TrackingError.ResourceDoesNotExist, $"Could not find experiment with ID '{id}' in {_root}.");

    private string ActiveExperiment(string id)
    {
        string folder = KnownExperiment(id);
        return ReadExperiment(id, folder).Stage == LifecycleStage.Active ? folder : throw TrackingLimits.Invalid($"The experiment '{id}' is deleted; restore it before it is changed.");
    }

    private bool IsInTrash(string folder) => Path.GetDirectoryName(folder) == Path.Combine(_root, TrashName);

    private static KeyFolder TagsOf(string folder) => new(Path.Combine(folder, "tags"), "tag");

    private void CheckFree(string name)
    {
        if (FindExperiment(name) is { } taken)
        {
            throw new TrackingException(
                TrackingError.ResourceAlreadyExists,
                $"Experiment '{name}' already exists{(taken.Stage == LifecycleStage.Deleted ? $" in deleted state: restore '{taken.Id}', or remove its folder from {Path.Combine(_root, TrashName)} for good" : "")}.");
        }
    }

    private void WriteExperiment(string id, string name, string? location, IReadOnlyList<Tag> tags)
    {
        string folder = Path.Combine(_root, id);
        CheckPlaces(TagsOf(folder), tags.Select(t => t.Key));
        Directory.CreateDirectory(folder);
        foreach (Tag tag in tags)
        {
            TagsOf(folder).Set(tag.Key, tag.Value ?? "", aside: folder);
        }

        long now = Now;
        new MetaYaml()
            .Set("artifact_location", Located(location) ?? FileAddress.Of(folder))
            .Set("creation_time", now)
            .Set("experiment_id", id)
            .Set("last_update_time", now)
            .Set("lifecycle_stage", "active")
            .Set("name", name)
            .Write(Path.Combine(folder, MetaName)); // last: until then nobody takes the folder for an experiment
    }

    /// <summary>A location as it is recorded: a folder of this machine by its full path, whatever the working folder is later.</summary>
    private static string? Located(string? location) => string.IsNullOrEmpty(location) ? null
        : !FileAddress.IsLocal(location) ? location
        : location.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? FileAddress.Of(FileAddress.ToPath(location))
        : FileAddress.ToPath(location);

    private Experiment ReadExperiment(string id, string folder)
    {
        string path = Path.Combine(folder, MetaName);
        MetaYaml meta = MetaYaml.Read(path);
        if (meta.Text("experiment_id") is { } recorded && recorded != id)
        {
            throw MetaYaml.Malformed(path, $"it says that it is of experiment '{recorded}'");
        }

        long created = meta.Number("creation_time") ?? 0;
        return new Experiment(
            id,
            meta.Text("name") ?? id,
            meta.Text("artifact_location") ?? FileAddress.Of(folder),
            IsInTrash(folder) || meta.Text("lifecycle_stage") == "deleted" ? LifecycleStage.Deleted : LifecycleStage.Active,
            created,
            meta.Number("last_update_time") ?? created,
            [.. TagsOf(folder).Values().Select(t => new Tag(t.Key, t.Value))]);
    }
}
