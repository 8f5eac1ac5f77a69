using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary><c>logged-models/…</c>, which MLflow 3 asks for when it logs a model and whenever it lists files.</summary>
internal static class LoggedModelEndpoints
{
    private const int MostOfAPage = 100;
    private const string Prefix = "logged-models/";

    internal static void AddTo(RouteTable routes, LoggedModels models) => routes
        .Change("POST", "logged-models", exchange => Show(exchange, models.Create(exchange.Fields)))
        .Search("logged-models/search", exchange => Search(exchange, models));

    /// <summary>Returns what answers a path with a model's id in it; null if there is no such path.</summary>
    internal static Dictionary<string, Operation>? Find(string path, LoggedModels models)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = path[Prefix.Length..].Split('/');
        string id = parts[0];
        return parts[1..] switch
        {
            [] => Methods(
                ("GET", exchange => Show(exchange, models.Get(id))),
                ("PATCH", exchange => Show(exchange, models.Change(id, model => model["info"]!["status"] = StatusOf(exchange.Fields.Required("status"))))),
                ("DELETE", _ => models.Delete(id))),
            ["tags"] => Methods(("PATCH", exchange => Show(exchange, models.Change(id, model => LoggedModels.Put(model["info"]!.AsObject(), "tags", exchange.Fields.Tags()))))),
            ["tags", var key] => Methods(("DELETE", _ => models.Change(id, model => LoggedModels.Remove(model["info"]!.AsObject(), "tags", Uri.UnescapeDataString(key))))),
            ["params"] => Methods(("POST", exchange => models.Change(id, model => LoggedModels.Put(model["data"]!.AsObject(), "params", exchange.Fields.Tags("params"))))),
            ["artifacts", "directories"] => Methods(("GET", exchange => List(exchange, models.Get(id)))),
            _ => null,
        };
    }

    private static Dictionary<string, Operation> Methods(params (string Method, Action<Exchange> Run)[] methods) =>
        methods.ToDictionary(method => method.Method, method => new Operation(method.Run, Writes: method.Method != "GET"), StringComparer.Ordinal);

    private static string StatusOf(string text) => text switch
    {
        "READY" or "LOGGED_MODEL_READY" or "2" => "LOGGED_MODEL_READY",
        "UPLOAD_FAILED" or "LOGGED_MODEL_UPLOAD_FAILED" or "3" => "LOGGED_MODEL_UPLOAD_FAILED",
        _ => throw TrackingLimits.Invalid($"Invalid value for parameter 'status': '{text}'; LOGGED_MODEL_READY or LOGGED_MODEL_UPLOAD_FAILED is expected."),
    };

    private static void Search(Exchange exchange, LoggedModels models)
    {
        RequestFields fields = exchange.Fields;
        IReadOnlyList<JsonObject> all = models.AreKept ? models.Search(fields.Texts("experiment_ids"), fields.Text("filter")) : [];
        long first = Math.Min(PageToken.Read(fields.Text("page_token")), all.Count);
        long end = Math.Min(first + Math.Clamp(fields.Number("max_results") ?? MostOfAPage, 1, MostOfAPage), all.Count);
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        if (first < end)
        {
            writer.WriteStartArray("models"u8);
            for (int i = (int)first; i < end; i++)
            {
                all[i].WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteNextPage(end < all.Count ? PageToken.Of(end) : null);
        writer.WriteEndObject();
    }

    private static void List(Exchange exchange, JsonObject model)
    {
        string? folder = exchange.Fields.Text("artifact_directory_path") is { Length: > 0 } told ? SafePath.Checked(told) : null;
        ArtifactDownloads.Write(exchange, (string)model["info"]!["artifact_uri"]!, folder);
    }

    private static void Show(Exchange exchange, JsonObject model)
    {
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        writer.WritePropertyName("model"u8);
        model.WriteTo(writer);
        writer.WriteEndObject();
    }
}
