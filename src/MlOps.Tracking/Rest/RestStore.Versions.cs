using System.Globalization;
using System.Text.Json;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Search;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Rest;

/// <content>Versions of models.</content>
internal sealed partial class RestStore
{
    private const int MostVersions = 200_000;
    private const string Versions = RestRequest.Api + "model-versions/";

    /// <inheritdoc/>
    public ModelVersion CreateVersion(NewModelVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        foreach (Tag tag in version.Tags)
        {
            TrackingLimits.CheckModelTag(tag);
        }

        Tag mark = RequestTag(out string request);
        using JsonBody body = JsonBody.Start().Text("name"u8, version.Name).Text("source"u8, version.Source).Text("run_id"u8, version.RunId).Text("run_link"u8, version.RunLink)
            .Text("description"u8, version.Description).Text("user_id"u8, version.UserId.Length == 0 ? null : version.UserId).Tags("tags"u8, [.. version.Tags], mark);
        return Create("model-versions/create", body, ReadVersion, () => MadeVersion(version.Name, request));
    }

    /// <inheritdoc/>
    public ModelVersion GetVersion(string name, int version) => Get(GetOf("model-versions/get", ("name", name), ("version", Digits(version))), ReadVersion);

    /// <inheritdoc/>
    public ModelVersion UpdateVersion(string name, int version, string description)
    {
        using JsonBody body = VersionBody(name, version).Text("description"u8, description);
        return _server.Read(new RestRequest(HttpMethod.Patch, Versions + "update", body), ReadVersion)!;
    }

    /// <inheritdoc/>
    public void DeleteVersion(string name, int version, PromotionNote? note = null)
    {
        bool logged = KeepsLog(name);
        IReadOnlyList<string> aliases = logged ? [] : GetVersion(name, version).Aliases;
        using JsonBody body = VersionBody(name, version).Note(note);
        _server.Send(new RestRequest(HttpMethod.Delete, Versions + "delete", body) { Happened = () => IsGone(() => GetVersion(name, version)) });
        if (!logged)
        {
            foreach (string alias in aliases.Where(alias => Pointed(name, alias) == version)) // MLflow on SQLite leaves them pointing at nothing
            {
                RemoveAlias(name, alias, note: null);
            }

            Append(name, new PromotionDraft(name, PromotionAction.VersionDeleted, "", version, null, note ?? PromotionNote.None));
        }
    }

    /// <inheritdoc/>
    public void SetVersionTag(string name, int version, Tag tag)
    {
        TrackingLimits.CheckModelTag(tag);
        using JsonBody body = VersionBody(name, version).Text("key"u8, tag.Key).Text("value"u8, tag.Value ?? "");
        Post("model-versions/set-tag", body);
    }

    /// <inheritdoc/>
    public void DeleteVersionTag(string name, int version, string key)
    {
        using JsonBody body = VersionBody(name, version).Text("key"u8, key);
        _server.Send(new RestRequest(HttpMethod.Delete, Versions + "delete-tag", body));
    }

    /// <inheritdoc/>
    public Page<ModelVersion> SearchVersions(SearchQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        TrackingLimits.CheckPage(query.MaxResults, MostVersions);
        CheckStrict(query.StrictMlflow, query.Filter, FilterTarget.Versions);
        return _server.Read(
            new RestRequest(HttpMethod.Get, SearchPath(Versions + "search", query, FilterTarget.Versions)), static json => PageOf(json, "model_versions"u8, RestRows.Version), cancellationToken)!;
    }

    private static ModelVersion ReadVersion(JsonElement json) => RestRows.Version(json.Needed("model_version"u8));

    private static string Digits(int version) => version.ToString(CultureInfo.InvariantCulture);

    private static JsonBody VersionBody(string name, int version) => JsonBody.Start().Text("name"u8, name).Text("version"u8, Digits(version));

    /// <summary>Returns the version that a certain request made: one of the newest, so the first page is enough.</summary>
    private ModelVersion? MadeVersion(string name, string request)
    {
        char quote = name.Contains('\'', StringComparison.Ordinal) ? '"' : '\'';
        var query = new SearchQuery { Filter = $"name = {quote}{name}{quote}", OrderBy = ["version_number DESC"], MaxResults = 100 };
        return Array.Find(
            _server.Read(
                new RestRequest(HttpMethod.Get, SearchPath(Versions + "search", query, FilterTarget.Versions)),
                json => json.List("model_versions"u8, version => RestRows.MadeBy(version, request) ? RestRows.Version(version) : null))!,
            version => version is not null);
    }
}
