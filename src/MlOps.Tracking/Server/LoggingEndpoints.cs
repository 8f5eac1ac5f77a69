using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>What logs to a run.</summary>
internal static class LoggingEndpoints
{
    private const string ModelHistory = "mlflow.log-model.history";
    private static readonly string[] s_modelFields = ["artifact_path", "flavors", "utc_time_created", "run_id"];
    private static readonly Lock s_modelHistory = new(); // the tag is read, lengthened and written

    internal static void AddTo(RouteTable routes) => routes
        .Change("POST", "runs/log-metric", exchange =>
        {
            (string run, Metric metric) = LogRequest.ReadMetric(exchange.Body.Span);
            exchange.Store.LogMetric(run, metric);
        })
        .Change("POST", "runs/log-batch", exchange =>
        {
            (string run, List<Metric> metrics, List<Param> parameters, List<Tag> tags) = LogRequest.ReadBatch(exchange.Body.Span);
            exchange.Store.LogBatch(run, metrics, parameters, tags);
        })
        .Change("POST", "runs/log-parameter", exchange => exchange.Store.LogParam(
            exchange.Fields.RunId(), new Param(exchange.Fields.Required("key"), exchange.Fields.Text("value") ?? "")))
        .Change("POST", "runs/set-tag", exchange => exchange.Store.SetTag(
            exchange.Fields.RunId(), new Tag(exchange.Fields.Required("key"), exchange.Fields.Text("value") ?? "")))
        .Change("POST", "runs/delete-tag", exchange => exchange.Store.DeleteTag(exchange.Fields.RunId(), exchange.Fields.Required("key")))
        .Change("POST", "runs/log-inputs", LogInputs)
        .Change("POST", "runs/log-model", LogModel);

    private static void LogInputs(Exchange exchange)
    {
        string run = exchange.Fields.RunId();
        DatasetInput[] inputs = [.. exchange.Fields.Objects("datasets").Select(input =>
        {
            RequestFields dataset = input.Object("dataset") ?? throw TrackingLimits.Missing("dataset");
            return new DatasetInput(
                new Dataset(
                    dataset.Required("name"), dataset.Required("digest"), dataset.Text("source_type") ?? "", dataset.Text("source") ?? "", dataset.Text("schema"), dataset.Text("profile")),
                input.Tags());
        })];
        exchange.Store.LogInputs(run, inputs);
    }

    /// <summary>Notes that files of a run are a model, in the tag where MLflow 2 keeps it.</summary>
    private static void LogModel(Exchange exchange)
    {
        string run = exchange.Fields.RunId();
        string given = exchange.Fields.Required("model_json");
        JsonObject model;
        try
        {
            model = JsonNode.Parse(given) as JsonObject ?? throw new JsonException("it is no object");
        }
        catch (JsonException e)
        {
            throw new TrackingException(TrackingError.InvalidParameterValue, $"Malformed model info: 'model_json' is not a valid JSON object: {e.Message}", e);
        }

        string[] missing = [.. s_modelFields.Where(field => !model.ContainsKey(field))];
        if (missing.Length > 0)
        {
            throw TrackingLimits.Invalid($"Model json is missing mandatory fields: {string.Join(", ", missing)}.");
        }

        lock (s_modelHistory)
        {
            string before = exchange.Store.GetRun(run).Tags.FirstOrDefault(tag => tag.Key == ModelHistory).Value ?? "[]";
            JsonArray history = JsonNode.Parse(before) as JsonArray ?? throw new TrackingException(TrackingError.InternalError, $"The tag {ModelHistory} of run {run} is no list.");
            history.Add(model);
            string after = history.ToJsonString();
            if (after.Length > TrackingLimits.TagValue)
            {
                throw TrackingLimits.Invalid(string.Create(
                    CultureInfo.InvariantCulture, $"The models of run {run} need {after.Length} characters in the tag {ModelHistory}; the limit is {TrackingLimits.TagValue}. Log fewer models to one run."));
            }

            exchange.Store.SetTag(run, new Tag(ModelHistory, after));
        }
    }
}
