using System.Text.Json;
using MlOps.Tracking.Search;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Rest;

/// <content>Experiments.</content>
internal sealed partial class RestStore
{
    private const int MostExperiments = 50_000;

    /// <inheritdoc/>
    public string CreateExperiment(string name, string? artifactLocation = null, IReadOnlyList<Tag>? tags = null)
    {
        TrackingLimits.CheckExperimentName(name);
        foreach (Tag tag in tags ?? [])
        {
            TrackingLimits.CheckExperimentTag(tag);
        }

        Tag mark = RequestTag(out string request);
        using JsonBody body = JsonBody.Start().Text("name"u8, name).Text("artifact_location"u8, artifactLocation).Tags("tags"u8, [.. tags ?? []], mark);
        return Create("experiments/create", body, static json => json.NeededText("experiment_id"u8), () => Made(name, request));
    }

    /// <inheritdoc/>
    public Experiment GetExperiment(string experimentId) =>
        Get(GetOf("experiments/get", ("experiment_id", experimentId)), static json => RestRows.Experiment(json.Needed("experiment"u8)));

    /// <inheritdoc/>
    public Experiment? FindExperiment(string name) => FindExperiment(name, static json => RestRows.Experiment(json.Needed("experiment"u8)));

    /// <inheritdoc/>
    public void RenameExperiment(string experimentId, string name)
    {
        TrackingLimits.CheckExperimentName(name);
        using JsonBody body = JsonBody.Start().Text("experiment_id"u8, experimentId).Text("new_name"u8, name);
        try
        {
            PostOnce("experiments/update", body, () => GetExperiment(experimentId).Name == name);
        }
        catch (TrackingException e) when (e.Error == TrackingError.BadRequest)
        {
            // MLflow's database stores pass on what the database says.
            throw FindExperiment(name) is null ? e : new TrackingException(TrackingError.ResourceAlreadyExists, $"There is an experiment of the name '{name}' already.", e);
        }
    }

    /// <inheritdoc/>
    public void DeleteExperiment(string experimentId)
    {
        using JsonBody body = JsonBody.Start().Text("experiment_id"u8, experimentId);
        PostOnce("experiments/delete", body, () => GetExperiment(experimentId).Stage == LifecycleStage.Deleted);
    }

    /// <inheritdoc/>
    public void RestoreExperiment(string experimentId)
    {
        using JsonBody body = JsonBody.Start().Text("experiment_id"u8, experimentId);
        PostOnce("experiments/restore", body, () => GetExperiment(experimentId).Stage == LifecycleStage.Active);
    }

    /// <inheritdoc/>
    public void SetExperimentTag(string experimentId, Tag tag)
    {
        TrackingLimits.CheckExperimentTag(tag);
        using JsonBody body = JsonBody.Start().Text("experiment_id"u8, experimentId).Text("key"u8, tag.Key).Text("value"u8, tag.Value ?? "");
        Post("experiments/set-experiment-tag", body);
    }

    /// <inheritdoc/>
    public void DeleteExperimentTag(string experimentId, string key)
    {
        using JsonBody body = JsonBody.Start().Text("experiment_id"u8, experimentId).Text("key"u8, key);
        PostOnce("experiments/delete-experiment-tag", body, () => !GetExperiment(experimentId).Tags.Any(tag => tag.Key == key));
    }

    /// <inheritdoc/>
    public Page<Experiment> SearchExperiments(SearchQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        TrackingLimits.CheckPage(query.MaxResults, MostExperiments);
        CheckStrict(query.StrictMlflow, query.Filter, FilterTarget.Experiments);
        using JsonBody body = JsonBody.Start().Number("max_results"u8, query.MaxResults).Text("filter"u8, query.Filter).Texts("order_by"u8, query.OrderBy)
            .Text("view_type"u8, ViewOf(query.View)).Text("page_token"u8, query.PageToken);
        AskForMore(body, query.StrictMlflow, query.Filter, FilterTarget.Experiments);
        return _server.Read(PostOf("experiments/search", body), static json => PageOf(json, "experiments"u8, RestRows.Experiment), cancellationToken)!;
    }

    private T? FindExperiment<T>(string name, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            return Get(GetOf("experiments/get-by-name", ("experiment_name", name)), read);
        }
        catch (TrackingException e) when (e.Error == TrackingError.ResourceDoesNotExist)
        {
            return null;
        }
    }

    /// <summary>Returns the experiment of a name if a certain request made it.</summary>
    private string? Made(string name, string request) => FindExperiment(
        name, json => json.Needed("experiment"u8) is var experiment && RestRows.MadeBy(experiment, request) ? experiment.NeededText("experiment_id"u8) : null);

    /// <summary>Refuses here what an MLflow server would refuse, for a server that understands more.</summary>
    /// <summary>Asks for our server's own grammar if the filter needs it. MLflow's server passes the field over and refuses the filter in its own words.</summary>
    private static void AskForMore(JsonBody body, bool strict, string? filter, FilterTarget target)
    {
        if (!strict && GoesBeyondMlflow(filter, target))
        {
            body.Flag("extended_filters"u8, true);
        }
    }

    private static bool GoesBeyondMlflow(string? filter, FilterTarget target)
    {
        try
        {
            FilterParser.Parse(filter, target, strict: true);
            return false;
        }
        catch (TrackingException)
        {
            return true; // or it is wrong in any grammar, which the server then says
        }
    }

    private static void CheckStrict(bool strict, string? filter, FilterTarget target)
    {
        if (strict)
        {
            FilterParser.Parse(filter, target, strict: true);
        }
    }
}
