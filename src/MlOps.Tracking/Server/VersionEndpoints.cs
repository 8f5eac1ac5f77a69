using System.Text.Json;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Search;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary><c>model-versions/…</c></summary>
internal static class VersionEndpoints
{
    private const int DefaultPage = 200_000;
    private const string IsPrompt = "mlflow.prompt.is_prompt";

    internal static void AddTo(RouteTable routes) => routes
        .Change("POST", "model-versions/create", Create)
        .Get("model-versions/get", exchange => Show(exchange, exchange.Store.GetVersion(exchange.Fields.Required("name"), exchange.Fields.Version())))
        .Change("PATCH", "model-versions/update", Update)
        .Change("DELETE", "model-versions/delete", exchange => exchange.Store.DeleteVersion(exchange.Fields.Required("name"), exchange.Fields.Version(), exchange.Note()))
        .Search("model-versions/search", Search)
        .Get("model-versions/get-download-uri", DownloadUri)
        .Change("POST", "model-versions/set-tag", exchange => exchange.Store.SetVersionTag(
            exchange.Fields.Required("name"), exchange.Fields.Version(), new Tag(exchange.Fields.Required("key"), exchange.Fields.Text("value") ?? "")))
        .Change("DELETE", "model-versions/delete-tag", exchange => exchange.Store.DeleteVersionTag(
            exchange.Fields.Required("name"), exchange.Fields.Version(), exchange.Fields.Required("key")))
        .Change("POST", "model-versions/transition-stage", exchange => Show(exchange, exchange.Store.TransitionStage(
            exchange.Fields.Required("name"),
            exchange.Fields.Version(),
            StageOf(exchange.Fields.Required("stage")),
            exchange.Fields.Flag("archive_existing_versions"),
            exchange.Note())));

    internal static ModelStage StageOf(string text) => text.ToUpperInvariant() switch
    {
        "NONE" => ModelStage.None,
        "STAGING" => ModelStage.Staging,
        "PRODUCTION" => ModelStage.Production,
        "ARCHIVED" => ModelStage.Archived,
        _ => throw TrackingLimits.Invalid($"Invalid Model Version stage: {text}. Value must be one of None, Staging, Production, Archived."),
    };

    /// <summary>The version of an alias; <c>latest</c>, which nobody can set, is the newest one, as in MLflow 3.</summary>
    internal static ModelVersion ByAlias(ITrackingStore store, string name, string alias)
    {
        if (!alias.Equals("latest", StringComparison.OrdinalIgnoreCase))
        {
            return store.GetVersionByAlias(name, alias);
        }

        IReadOnlyList<ModelVersion> latest = store.GetModel(name).LatestVersions;
        return latest.Count > 0 ? latest.MaxBy(version => version.Version)! : throw TrackingLimits.Invalid($"The model '{name}' has no version yet.");
    }

    internal static void Show(Exchange exchange, ModelVersion version)
    {
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        writer.WritePropertyName("model_version"u8);
        writer.WriteVersion(version, exchange.Addresses);
        writer.WriteEndObject();
    }

    internal static void Show(Exchange exchange, IReadOnlyList<ModelVersion> versions, string? nextPage)
    {
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        if (versions.Count > 0)
        {
            writer.WriteStartArray("model_versions"u8);
            foreach (ModelVersion version in versions)
            {
                writer.WriteVersion(version, exchange.Addresses);
            }

            writer.WriteEndArray();
        }

        writer.WriteNextPage(nextPage);
        writer.WriteEndObject();
    }

    private static void Create(Exchange exchange)
    {
        RequestFields fields = exchange.Fields;
        string name = fields.Required("name");
        string source = fields.Required("source");
        string? run = fields.Text("run_id") is { Length: > 0 } id ? id : null;
        IReadOnlyList<Tag> tags = fields.Tags();
        if (!(tags.Any(tag => tag.Key == IsPrompt) && SafePath.IsPlainName(source))) // a prompt's text is in its tags, its source a word
        {
            exchange.Addresses.CheckSource(source, run);
        }

        Show(exchange, exchange.Store.CreateVersion(new NewModelVersion(name, exchange.Addresses.Stored(source))
        {
            RunId = run,
            RunLink = fields.Text("run_link"),
            Description = fields.Text("description"),
            UserId = fields.Text("user_id") is { Length: > 0 } user ? user : AccessControl.UserOf(exchange.Http.Request),
            Tags = tags,
        }));
    }

    private static void Update(Exchange exchange)
    {
        (string name, int version) = (exchange.Fields.Required("name"), exchange.Fields.Version());
        Show(exchange, exchange.Fields.Text("description") is { } description
            ? exchange.Store.UpdateVersion(name, version, description)
            : exchange.Store.GetVersion(name, version));
    }

    private static void Search(Exchange exchange)
    {
        Page<ModelVersion> page = exchange.Store.SearchVersions(ExperimentEndpoints.QueryOf(exchange, FilterTarget.Versions, DefaultPage), exchange.Cancelled);
        Show(exchange, page.Items, page.NextPageToken);
    }

    private static void DownloadUri(Exchange exchange)
    {
        string source = exchange.Addresses.SourceOf(exchange.Store.GetVersion(exchange.Fields.Required("name"), exchange.Fields.Version()), exchange.Models);
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        writer.WriteString("artifact_uri"u8, exchange.Addresses.Shown(source));
        writer.WriteEndObject();
    }
}
