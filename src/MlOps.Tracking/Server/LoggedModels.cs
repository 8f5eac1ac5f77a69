using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>What MLflow 3 calls logged models: files with a name, a state, parameters and tags, made by a run but kept beside it.</summary>
/// <remarks>
/// A store knows no such thing, and its clients of version 2 do not either. So each is a JSON file among the artifacts, <c>logged-models/ID.json</c>, in the
/// form in which it is sent; its own files are at <c>EXPERIMENT/models/ID/artifacts</c>, as in MLflow. A folder store would have to keep MLflow's own files for
/// them; there models are files of runs only. Metrics are the run's.
/// </remarks>
internal sealed partial class LoggedModels(ITrackingStore store, ArtifactAddresses addresses, TimeProvider clock)
{
    private const string Folder = "logged-models";
    private readonly Lock _changing = new(); // a file is read, changed and written; of several servers over one store the last one wins

    /// <summary>Gets a value indicating whether the store has a place for them.</summary>
    internal bool AreKept => !addresses.IsFolder;

    [GeneratedRegex(@"^m-[0-9a-f]{32}\z")]
    private static partial Regex Id { get; }

    private IArtifactStore Files => AreKept
        ? store.OpenArtifacts(ArtifactAddresses.Scheme + "/")
        : throw new TrackingException(TrackingError.EndpointNotFound, "Logged models of MLflow 3 need a database store; this server serves a folder.");

    internal JsonObject Create(RequestFields fields)
    {
        Experiment experiment = store.GetExperiment(fields.Required("experiment_id"));
        string id = $"m-{Guid.NewGuid():N}";
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var info = new JsonObject
        {
            ["model_id"] = id,
            ["experiment_id"] = experiment.Id,
            ["name"] = fields.Text("name") is { Length: > 0 } name ? name : RunNames.Invent(),
            ["creation_timestamp_ms"] = now,
            ["last_updated_timestamp_ms"] = now,
            ["artifact_uri"] = $"{experiment.ArtifactLocation.TrimEnd('/')}/models/{id}/artifacts",
            ["status"] = "LOGGED_MODEL_PENDING",
        };
        foreach (string field in (string[])["model_type", "source_run_id"])
        {
            if (fields.Text(field) is { Length: > 0 } told)
            {
                info[field] = told;
            }
        }

        Put(info, "tags", fields.Tags());
        var model = new JsonObject { ["info"] = info, ["data"] = new JsonObject() };
        Put(model["data"]!.AsObject(), "params", fields.Tags("params"));
        Save(id, model);
        return model;
    }

    internal JsonObject Get(string id)
    {
        string path = PathOf(id);
        using Stream file = Files.OpenRead(path);
        return JsonNode.Parse(file) as JsonObject ?? throw new TrackingException(TrackingError.InternalError, $"{path} is no logged model: somebody has changed it.");
    }

    internal void Delete(string id) => Files.Delete(PathOf(id));

    internal JsonObject Change(string id, Action<JsonObject> change)
    {
        lock (_changing)
        {
            JsonObject model = Get(id);
            change(model);
            model["info"]!["last_updated_timestamp_ms"] = clock.GetUtcNow().ToUnixTimeMilliseconds();
            Save(id, model);
            return model;
        }
    }

    /// <summary>Sets pairs of a list, such as <c>info.tags</c>; one that has the key already takes the new value.</summary>
    internal static void Put(JsonObject owner, string list, IReadOnlyList<Tag> pairs)
    {
        foreach (Tag pair in pairs)
        {
            Remove(owner, list, pair.Key);
            if (owner[list] is null)
            {
                owner[list] = new JsonArray();
            }

            owner[list]!.AsArray().Add((JsonNode)new JsonObject { ["key"] = pair.Key, ["value"] = pair.Value });
        }
    }

    internal static void Remove(JsonObject owner, string list, string key)
    {
        if (owner[list] is JsonArray pairs && pairs.FirstOrDefault(pair => (string?)pair!["key"] == key) is { } found)
        {
            pairs.Remove(found);
            if (pairs.Count == 0)
            {
                owner.Remove(list);
            }
        }
    }

    /// <summary>All of some experiments that meet a filter, newest first.</summary>
    internal IReadOnlyList<JsonObject> Search(IReadOnlyList<string> experiments, string? filter)
    {
        Func<JsonObject, bool> meets = LoggedModelFilter.Parse(filter);
        return
        [
            .. Files.List(Folder)
                .Select(file => Path.GetFileNameWithoutExtension(file.Path))
                .Where(id => Id.IsMatch(id))
                .Select(Get)
                .Where(model => experiments.Contains((string)model["info"]!["experiment_id"]!) && meets(model))
                .OrderByDescending(model => (long)model["info"]!["creation_timestamp_ms"]!)
                .ThenBy(model => (string)model["info"]!["model_id"]!, StringComparer.Ordinal),
        ];
    }

    private static string PathOf(string id) => Id.IsMatch(id)
        ? $"{Folder}/{id}.json"
        : throw new TrackingException(TrackingError.ResourceDoesNotExist, "There is no logged model of that id.");

    private void Save(string id, JsonObject model) => Files.Write(PathOf(id), new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(model)));
}
