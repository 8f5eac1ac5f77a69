using System.Text.Json;
using MlOps.Tracking.Search;

namespace MlOps.Tracking.Server;

/// <summary><c>runs/…</c> but what logs.</summary>
internal static class RunEndpoints
{
    private const int DefaultPage = 1000;

    internal static void AddTo(RouteTable routes) => routes
        .Change("POST", "runs/create", Create)
        .Get("runs/get", exchange => Show(exchange, exchange.Store.GetRun(exchange.Fields.RunId())))
        .Change("POST", "runs/update", Update)
        .Change("POST", "runs/delete", exchange => exchange.Store.DeleteRun(exchange.Fields.RunId()))
        .Change("POST", "runs/restore", exchange => exchange.Store.RestoreRun(exchange.Fields.RunId()))
        .Search("runs/search", Search)
        .Get("artifacts/list", ArtifactDownloads.List)

        // Which models a run made, MLflow 3 also reads from the models: their source_run_id.
        .Change("POST", "runs/outputs", exchange => exchange.Store.GetRun(exchange.Fields.RunId()));

    private static void Create(Exchange exchange)
    {
        RequestFields fields = exchange.Fields;
        Run run = exchange.Store.CreateRun(new NewRun(fields.Text("experiment_id") is { Length: > 0 } id ? id : Experiment.DefaultId)
        {
            Name = fields.Text("run_name"),
            UserId = fields.Text("user_id") ?? "",
            StartTime = fields.Whole("start_time") is { } start and not 0 ? start : null, // protocol buffers cannot tell 0 from absent
            Tags = fields.Tags(),
        });
        Show(exchange, run);
    }

    private static void Update(Exchange exchange)
    {
        RequestFields fields = exchange.Fields;
        RunInfo info = exchange.Store.UpdateRun(
            fields.RunId(), StatusOf(fields.Text("status")), fields.Whole("end_time"), fields.Text("run_name") is { Length: > 0 } name ? name : null);
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        writer.WritePropertyName("run_info"u8);
        writer.WriteInfo(info, exchange.Addresses);
        writer.WriteEndObject();
    }

    private static void Search(Exchange exchange)
    {
        RequestFields fields = exchange.Fields;
        Page<Run> page = exchange.Store.SearchRuns(
            new RunQuery(fields.Texts("experiment_ids"))
            {
                Filter = exchange.Addresses.StoredFilter(fields.Text("filter")),
                OrderBy = fields.Texts("order_by"),
                View = ExperimentEndpoints.ViewOf(fields, "run_view_type"),
                MaxResults = fields.Number("max_results") ?? DefaultPage,
                PageToken = fields.Text("page_token"),
                StrictMlflow = ServerFilters.IsStrict(exchange, fields.Text("filter"), FilterTarget.Runs),
            },
            exchange.Cancelled);
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        if (page.Items.Count > 0)
        {
            writer.WriteStartArray("runs"u8);
            foreach (Run run in page.Items)
            {
                writer.WriteRun(run, exchange.Addresses);
            }

            writer.WriteEndArray();
        }

        writer.WriteNextPage(page.NextPageToken);
        writer.WriteEndObject();
    }

    private static void Show(Exchange exchange, Run run)
    {
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        writer.WritePropertyName("run"u8);
        writer.WriteRun(run, exchange.Addresses);
        writer.WriteEndObject();
    }

    /// <summary>Text that is no status is ignored, as protocol buffers ignore it.</summary>
    private static RunStatus? StatusOf(string? text) => text?.ToUpperInvariant() switch
    {
        "RUNNING" or "1" => RunStatus.Running,
        "SCHEDULED" or "2" => RunStatus.Scheduled,
        "FINISHED" or "3" => RunStatus.Finished,
        "FAILED" or "4" => RunStatus.Failed,
        "KILLED" or "5" => RunStatus.Killed,
        _ => null,
    };
}
