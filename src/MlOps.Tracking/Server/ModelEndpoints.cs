using System.Text.Json;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Search;

namespace MlOps.Tracking.Server;

/// <summary><c>registered-models/…</c></summary>
internal static class ModelEndpoints
{
    private const int DefaultPage = 100;

    internal static void AddTo(RouteTable routes) => routes
        .Change("POST", "registered-models/create", exchange => Show(exchange, exchange.Store.CreateModel(
            exchange.Fields.Required("name"), exchange.Fields.Text("description") ?? "", exchange.Fields.Tags())))
        .Get("registered-models/get", exchange => Show(exchange, exchange.Store.GetModel(exchange.Fields.Required("name"))))
        .Change("POST", "registered-models/rename", exchange => Show(exchange, exchange.Store.RenameModel(exchange.Fields.Required("name"), exchange.Fields.Required("new_name"))))
        .Change("PATCH", "registered-models/update", exchange => Show(exchange, exchange.Store.UpdateModel(exchange.Fields.Required("name"), exchange.Fields.Text("description") ?? "")))
        .Change("DELETE", "registered-models/delete", exchange => exchange.Store.DeleteModel(exchange.Fields.Required("name"), exchange.Note()))
        .Change("POST", "registered-models/set-tag", exchange => exchange.Store.SetModelTag(
            exchange.Fields.Required("name"), new Tag(exchange.Fields.Required("key"), exchange.Fields.Text("value") ?? "")))
        .Change("DELETE", "registered-models/delete-tag", exchange => exchange.Store.DeleteModelTag(exchange.Fields.Required("name"), exchange.Fields.Required("key")))
        .Search("registered-models/search", Search)
        .Search("registered-models/get-latest-versions", LatestVersions)
        .Change("POST", "registered-models/alias", exchange => exchange.Store.SetAlias(
            exchange.Fields.Required("name"), exchange.Fields.Required("alias"), exchange.Fields.Version(), exchange.Note()))
        .Get("registered-models/alias", exchange => VersionEndpoints.Show(exchange, VersionEndpoints.ByAlias(exchange.Store, exchange.Fields.Required("name"), exchange.Fields.Required("alias"))))
        .Change("DELETE", "registered-models/alias", exchange => exchange.Store.DeleteAlias(exchange.Fields.Required("name"), exchange.Fields.Required("alias"), exchange.Note()));

    private static void Search(Exchange exchange)
    {
        Page<RegisteredModel> page = exchange.Store.SearchModels(ExperimentEndpoints.QueryOf(exchange, FilterTarget.Models, DefaultPage), exchange.Cancelled);
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        if (page.Items.Count > 0)
        {
            writer.WriteStartArray("registered_models"u8);
            foreach (RegisteredModel model in page.Items)
            {
                writer.WriteModel(model, exchange.Addresses);
            }

            writer.WriteEndArray();
        }

        writer.WriteNextPage(page.NextPageToken);
        writer.WriteEndObject();
    }

    private static void LatestVersions(Exchange exchange)
    {
        string name = exchange.Fields.Required("name");
        ModelStage[] stages = [.. exchange.Fields.Texts("stages").Select(VersionEndpoints.StageOf)];
        IReadOnlyList<ModelVersion> latest = exchange.Store.GetModel(name).LatestVersions;
        VersionEndpoints.Show(exchange, stages.Length == 0 ? latest : [.. latest.Where(version => stages.Contains(version.Stage))], nextPage: null);
    }

    private static void Show(Exchange exchange, RegisteredModel model)
    {
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        writer.WritePropertyName("registered_model"u8);
        writer.WriteModel(model, exchange.Addresses);
        writer.WriteEndObject();
    }
}
