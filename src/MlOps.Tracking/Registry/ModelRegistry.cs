using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Registry;

/// <summary>Models under names: versions, aliases, gates before an alias moves, and a log that says what was in use when.</summary>
/// <remarks>
/// Works with every store. An MLflow server that is not ours keeps no promotion log; there the client keeps one in the model's tags, with what that cannot promise, and a
/// chain for each model: check it with <see cref="LogCheck.Of"/> on the log of one model instead of <see cref="VerifyLog"/>.
/// <para>Thread-safe as far as the store is, which all stores of this library are.</para>
/// </remarks>
/// <param name="store">Where the models are; the caller closes it.</param>
/// <param name="clock">Tells when a history was asked for; the system's if null. The times in the log are the store's.</param>
public sealed partial class ModelRegistry(ITrackingStore store, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Gets the store.</summary>
    public ITrackingStore Store { get; } = store ?? throw new ArgumentNullException(nameof(store));

    /// <summary>Returns the models, by name.</summary>
    /// <param name="filter">Such as <c>name LIKE 'credit%'</c>; null returns all.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public IReadOnlyList<RegisteredModel> Models(string? filter = null, CancellationToken cancellationToken = default) =>
        All(Store.SearchModels, filter, ["name ASC"], cancellationToken);

    /// <summary>Returns the versions of a model, newest first.</summary>
    /// <param name="model">The model.</param>
    /// <param name="filter">Such as <c>tags.stage = 'trial'</c>; null returns all.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="TrackingException">There is no such model, or the filter is not understood.</exception>
    public IReadOnlyList<ModelVersion> Versions(string model, string? filter = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        Store.GetModel(model);

        string ofModel = model.Contains('\'', StringComparison.Ordinal) ? $"name = \"{model.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : $"name = '{model}'";
        return All(Store.SearchVersions, string.IsNullOrWhiteSpace(filter) ? ofModel : $"{ofModel} AND {filter}", ["version_number DESC"], cancellationToken).FindAll(version => version.Name == model); // a filter with OR may reach others
    }

    /// <summary>Returns a version.</summary>
    /// <exception cref="TrackingException">There is no such model or version.</exception>
    public ModelVersion Version(string model, int version) => Store.GetVersion(model, version);

    /// <summary>Returns the version that has an alias.</summary>
    /// <exception cref="TrackingException">There is no such model or alias.</exception>
    public ModelVersion Version(string model, string alias) => Store.GetVersionByAlias(model, alias);

    /// <summary>Registers what a run made as the next version of a model; makes the model if there is none of that name.</summary>
    /// <remarks>
    /// The run's commit, author, source and data sets become tags of the version (<see cref="LineageTags"/>), so that they outlive the run. The version's source is the
    /// run's artifact address with the path, as MLflow's <c>register_model</c> writes it.
    /// </remarks>
    /// <param name="model">The model's name.</param>
    /// <param name="run">The run.</param>
    /// <param name="artifactPath">The model's folder or file among the run's artifacts; empty for all of them.</param>
    /// <param name="description">What is special about this version.</param>
    /// <param name="tags">Further tags; one with the key of a tag taken from the run wins.</param>
    /// <exception cref="TrackingException">The run has no such artifact, or the name or a tag is outside MLflow's limits.</exception>
    public ModelVersion Register(string model, Run run, string artifactPath, string description = "", IReadOnlyList<Tag>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(artifactPath);
        ArgumentNullException.ThrowIfNull(description);
        NeedArtifact(run, artifactPath);
        try
        {
            Store.CreateModel(model);
        }
        catch (TrackingException e) when (e.Error == TrackingError.ResourceAlreadyExists)
        {
            // The usual case: a further version. Asking first would not be safe against another process.
        }

        Tag[] given = [.. tags ?? []];
        return Store.CreateVersion(new NewModelVersion(model, artifactPath.Length == 0 ? run.Info.ArtifactUri : $"{run.Info.ArtifactUri.TrimEnd('/')}/{artifactPath}")
        {
            RunId = run.Info.RunId,
            UserId = run.Info.UserId,
            Description = description,
            Tags = [.. LineageTags.Of(run).Where(tag => given.All(other => other.Key != tag.Key)), .. given],
        });
    }

    /// <summary>Returns a run; null if the identifier is empty or the store does not know it.</summary>
    internal Run? FindRun(string runId)
    {
        if (runId.Length == 0)
        {
            return null;
        }

        try
        {
            return Store.GetRun(runId);
        }
        catch (TrackingException e) when (e.Error == TrackingError.ResourceDoesNotExist)
        {
            return null;
        }
    }

    private static List<T> All<T>(Func<SearchQuery, CancellationToken, Page<T>> search, string? filter, IReadOnlyList<string> order, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        string? token = null;
        do
        {
            Page<T> page = search(new SearchQuery { Filter = filter, OrderBy = order, PageToken = token }, cancellationToken);
            all.AddRange(page.Items);
            token = page.NextPageToken;
        }
        while (token is not null);
        return all;
    }

    private void NeedArtifact(Run run, string artifactPath)
    {
        IArtifactStore files = Store.OpenArtifacts(run.Info.ArtifactUri);
        string path = artifactPath.TrimEnd('/');
        int slash = path.LastIndexOf('/');
        IReadOnlyList<ArtifactFile> beside = files.List(slash < 0 ? null : path[..slash]);
        if (path.Length == 0 ? beside.Count == 0 : beside.All(file => file.Path != path))
        {
            string there = beside.Count == 0 ? "there are none" : $"there are {string.Join(", ", beside.Take(10).Select(file => file.Path))}";
            throw new TrackingException(TrackingError.ResourceDoesNotExist, $"The run '{run.Info.Name}' ({run.Info.RunId}) has no artifact '{artifactPath}'; {there}.");
        }
    }
}
