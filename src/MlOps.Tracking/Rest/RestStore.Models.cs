using System.Globalization;
using System.Text.Json;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Search;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Rest;

/// <content>Registered models.</content>
internal sealed partial class RestStore
{
    private const int MostModels = 1000;
    private const string Models = RestRequest.Api + "registered-models/";

    /// <inheritdoc/>
    public RegisteredModel CreateModel(string name, string description = "", IReadOnlyList<Tag>? tags = null)
    {
        TrackingLimits.CheckModelName(name);
        foreach (Tag tag in tags ?? [])
        {
            TrackingLimits.CheckModelTag(tag);
        }

        Tag mark = RequestTag(out string request);
        using JsonBody body = JsonBody.Start().Text("name"u8, name).Text("description"u8, description).Tags("tags"u8, [.. tags ?? []], mark);
        return Create("registered-models/create", body, ReadModel, () => MadeModel(name, request));
    }

    /// <inheritdoc/>
    public RegisteredModel GetModel(string name) => Get(GetOf("registered-models/get", ("name", name)), ReadModel);

    /// <inheritdoc/>
    public RegisteredModel RenameModel(string name, string newName)
    {
        TrackingLimits.CheckModelName(newName);
        bool logged = KeepsLog(name);
        using JsonBody body = JsonBody.Start().Text("name"u8, name).Text("new_name"u8, newName);
        RegisteredModel? found = null;
        RegisteredModel renamed = _server.Read(
            PostOf("registered-models/rename", body) with { Happened = () => IsGone(() => GetModel(name)) && !IsGone(() => found = GetModel(newName)) },
            ReadModel) ?? found!;
        if (!logged)
        {
            Append(newName, new PromotionDraft(name, PromotionAction.ModelRenamed, newName, null, null, PromotionNote.None));
        }

        return renamed;
    }

    /// <inheritdoc/>
    public RegisteredModel UpdateModel(string name, string description)
    {
        using JsonBody body = JsonBody.Start().Text("name"u8, name).Text("description"u8, description);
        return _server.Read(new RestRequest(HttpMethod.Patch, Models + "update", body), ReadModel)!;
    }

    /// <inheritdoc/>
    public void DeleteModel(string name, PromotionNote? note = null)
    {
        using JsonBody body = JsonBody.Start().Text("name"u8, name).Note(note);
        _server.Send(new RestRequest(HttpMethod.Delete, Models + "delete", body) { Happened = () => IsGone(() => GetModel(name)) });
    }

    /// <inheritdoc/>
    public void SetModelTag(string name, Tag tag)
    {
        TrackingLimits.CheckModelTag(tag);
        using JsonBody body = JsonBody.Start().Text("name"u8, name).Text("key"u8, tag.Key).Text("value"u8, tag.Value ?? "");
        Post("registered-models/set-tag", body);
    }

    /// <inheritdoc/>
    public void DeleteModelTag(string name, string key)
    {
        using JsonBody body = JsonBody.Start().Text("name"u8, name).Text("key"u8, key);
        _server.Send(new RestRequest(HttpMethod.Delete, Models + "delete-tag", body));
    }

    /// <inheritdoc/>
    public Page<RegisteredModel> SearchModels(SearchQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        TrackingLimits.CheckPage(query.MaxResults, MostModels);
        CheckStrict(query.StrictMlflow, query.Filter, FilterTarget.Models);
        return _server.Read(
            new RestRequest(HttpMethod.Get, SearchPath(Models + "search", query, FilterTarget.Models)), static json => PageOf(json, "registered_models"u8, RestRows.Model), cancellationToken)!;
    }

    private static RegisteredModel ReadModel(JsonElement json) => RestRows.Model(json.Needed("registered_model"u8));

    private static string SearchPath(string path, SearchQuery query, FilterTarget target) => RestRequest.Query(
        path,
        [
            ("filter", query.Filter), ("max_results", query.MaxResults.ToString(CultureInfo.InvariantCulture)), ("page_token", query.PageToken),
            ("extended_filters", !query.StrictMlflow && GoesBeyondMlflow(query.Filter, target) ? "true" : null), .. query.OrderBy.Select(term => ("order_by", (string?)term)),
        ]);

    /// <summary>Returns the model of a name if a certain request made it.</summary>
    private RegisteredModel? MadeModel(string name, string request)
    {
        try
        {
            return Get(
                GetOf("registered-models/get", ("name", name)),
                json => json.Needed("registered_model"u8) is var model && RestRows.MadeBy(model, request) ? RestRows.Model(model) : null);
        }
        catch (TrackingException e) when (e.Error == TrackingError.ResourceDoesNotExist)
        {
            return null;
        }
    }
}
