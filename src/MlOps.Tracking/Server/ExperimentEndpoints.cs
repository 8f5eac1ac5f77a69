using System.Text.Json;
using MlOps.Tracking.Search;

namespace MlOps.Tracking.Server;

/// <summary><c>experiments/…</c></summary>
internal static class ExperimentEndpoints
{
    private const int DefaultPage = 1000;

    internal static void AddTo(RouteTable routes) => routes
        .Change("POST", "experiments/create", Create)
        .Get("experiments/get", exchange => Show(exchange, exchange.Store.GetExperiment(exchange.Fields.Required("experiment_id"))))
        .Get("experiments/get-by-name", GetByName)
        .Change("POST", "experiments/update", exchange => exchange.Store.RenameExperiment(exchange.Fields.Required("experiment_id"), exchange.Fields.Required("new_name")))
        .Change("POST", "experiments/delete", exchange => exchange.Store.DeleteExperiment(exchange.Fields.Required("experiment_id")))
        .Change("POST", "experiments/restore", exchange => exchange.Store.RestoreExperiment(exchange.Fields.Required("experiment_id")))
        .Change("POST", "experiments/set-experiment-tag", exchange => exchange.Store.SetExperimentTag(
            exchange.Fields.Required("experiment_id"), new Tag(exchange.Fields.Required("key"), exchange.Fields.Text("value") ?? "")))
        .Change("POST", "experiments/delete-experiment-tag", exchange => exchange.Store.DeleteExperimentTag(
            exchange.Fields.Required("experiment_id"), exchange.Fields.Required("key")))
        .Search("experiments/search", Search);

    internal static ViewType ViewOf(RequestFields fields, string name)
    {
        // Text that is no view is ignored, as protocol buffers ignore it.
        return fields.Text(name)?.ToUpperInvariant() switch
        {
            "DELETED_ONLY" or "2" => ViewType.DeletedOnly,
            "ALL" or "3" => ViewType.All,
            _ => ViewType.ActiveOnly,
        };
    }

    private static void Create(Exchange exchange)
    {
        RequestFields fields = exchange.Fields;
        string name = fields.Required("name");
        string? location = fields.Text("artifact_location") is { Length: > 0 } told ? SafePath.CheckedAddress(told, "artifact_location") : null;
        string id = exchange.Store.CreateExperiment(name, location, fields.Tags());
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        writer.WriteString("experiment_id"u8, id);
        writer.WriteEndObject();
    }

    private static void GetByName(Exchange exchange)
    {
        string name = exchange.Fields.Required("experiment_name");
        Show(exchange, exchange.Store.FindExperiment(name) ?? throw new TrackingException(TrackingError.ResourceDoesNotExist, $"Could not find experiment with name '{name}'."));
    }

    private static void Show(Exchange exchange, Experiment experiment)
    {
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        writer.WritePropertyName("experiment"u8);
        writer.WriteExperiment(experiment, exchange.Addresses);
        writer.WriteEndObject();
    }

    private static void Search(Exchange exchange)
    {
        Page<Experiment> page = exchange.Store.SearchExperiments(QueryOf(exchange, FilterTarget.Experiments, DefaultPage) with { View = ViewOf(exchange.Fields, "view_type") }, exchange.Cancelled);
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        if (page.Items.Count > 0)
        {
            writer.WriteStartArray("experiments"u8);
            foreach (Experiment experiment in page.Items)
            {
                writer.WriteExperiment(experiment, exchange.Addresses);
            }

            writer.WriteEndArray();
        }

        writer.WriteNextPage(page.NextPageToken);
        writer.WriteEndObject();
    }

    /// <summary>Reads what searches for experiments, models and versions have in common.</summary>
    internal static SearchQuery QueryOf(Exchange exchange, FilterTarget target, int defaultPage) => new()
    {
        Filter = exchange.Addresses.StoredFilter(exchange.Fields.Text("filter")),
        OrderBy = exchange.Fields.Texts("order_by"),
        MaxResults = exchange.Fields.Number("max_results") ?? defaultPage,
        PageToken = exchange.Fields.Text("page_token"),
        StrictMlflow = ServerFilters.IsStrict(exchange, exchange.Fields.Text("filter"), target),
    };
}
