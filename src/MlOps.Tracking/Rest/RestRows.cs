using System.Text.Json;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Rest;

/// <summary>Reads MLflow's JSON into records.</summary>
internal static class RestRows
{
    /// <summary>The tag by which a create request that was not answered is recognised. It is the client's business, so nobody who reads through it sees it.</summary>
    internal const string RequestTag = "mlops.request";

    /// <summary>What the tags of a model begin with that hold its promotion log on a server that keeps none.</summary>
    internal const string PromotionTag = "mlops.promotion.";

    internal static Experiment Experiment(JsonElement json) => new(
        json.NeededText("experiment_id"u8), json.Text("name"u8), json.Text("artifact_location"u8), Stage(json), json.Whole("creation_time"u8), json.Whole("last_update_time"u8), Tags(json));

    internal static Run Run(JsonElement json)
    {
        JsonElement? data = json.Field("data"u8);
        Tag[] tags = data is { } logged ? Tags(logged) : [];
        return new Run(
            Info(json.Needed("info"u8), tags),
            data is { } m ? Sorted(m.List("metrics"u8, Metric), static metric => metric.Key) : [],
            data is { } p ? Sorted(p.List("params"u8, static pair => new Param(pair.NeededText("key"u8), pair.Text("value"u8))), static param => param.Key) : [],
            tags,
            json.Field("inputs"u8) is { } inputs ? inputs.List("dataset_inputs"u8, Input) : []);
    }

    /// <summary>Reads what is known of a run; servers before 1.30 tell its name only by the tag.</summary>
    internal static RunInfo Info(JsonElement json, ReadOnlySpan<Tag> tags = default) => new(
        json.TextOrNull("run_id"u8) ?? json.NeededText("run_uuid"u8),
        json.Text("experiment_id"u8),
        json.TextOrNull("run_name"u8) ?? ValueOf(tags, "mlflow.runName"),
        json.Text("user_id"u8),
        Status(json.Text("status"u8)),
        json.Whole("start_time"u8),
        json.WholeOrNull("end_time"u8) is { } end and not 0 ? end : null,
        json.Text("artifact_uri"u8),
        Stage(json));

    internal static Metric Metric(JsonElement json) => new(json.NeededText("key"u8), json.Real("value"u8), json.Whole("timestamp"u8), json.Whole("step"u8));

    internal static RegisteredModel Model(JsonElement json) => new(
        json.NeededText("name"u8), json.Whole("creation_timestamp"u8), json.Whole("last_updated_timestamp"u8), json.Text("description"u8),
        json.List("latest_versions"u8, Version), Tags(json),
        Sorted(json.List("aliases"u8, static alias => new ModelAlias(alias.NeededText("alias"u8), alias.Version("version"u8))), static alias => alias.Alias));

    internal static ModelVersion Version(JsonElement json) => new(
        json.NeededText("name"u8), json.Version("version"u8), json.Whole("creation_timestamp"u8), json.Whole("last_updated_timestamp"u8), json.Text("description"u8),
        json.Text("source"u8), json.Text("run_id"u8), json.Text("run_link"u8), json.Text("user_id"u8), ModelStageOf(json.Text("current_stage"u8)), Tags(json),
        Sorted(json.List("aliases"u8, static alias => alias.ValueKind == JsonValueKind.String ? alias.GetString()! : alias.NeededText("alias"u8)), static alias => alias));

    /// <summary>Returns whether a thing with tags was made by a certain request.</summary>
    internal static bool MadeBy(JsonElement json, string request)
    {
        JsonElement holder = json.Field("data"u8) ?? json; // a run has its tags one level deeper
        return holder.List("tags"u8, static tag => (tag.Text("key"u8), tag.Text("value"u8))).Contains((RequestTag, request));
    }

    /// <summary>Reads all tags, those of the client too.</summary>
    internal static Tag[] AllTags(JsonElement json) => json.List("tags"u8, static tag => new Tag(tag.NeededText("key"u8), tag.Text("value"u8)));

    private static Tag[] Tags(JsonElement json) => Sorted(
        Array.FindAll(AllTags(json), static tag => tag.Key != RequestTag && !tag.Key.StartsWith(PromotionTag, StringComparison.Ordinal)), static tag => tag.Key);

    private static DatasetInput Input(JsonElement json)
    {
        JsonElement set = json.Needed("dataset"u8);
        return new DatasetInput(
            new Dataset(set.NeededText("name"u8), set.Text("digest"u8), set.Text("source_type"u8), set.Text("source"u8), set.TextOrNull("schema"u8), set.TextOrNull("profile"u8)), Tags(json));
    }

    private static LifecycleStage Stage(JsonElement json) =>
        json.Text("lifecycle_stage"u8).Equals("deleted", StringComparison.OrdinalIgnoreCase) ? LifecycleStage.Deleted : LifecycleStage.Active;

    private static RunStatus Status(string text) => text switch
    {
        "FINISHED" or "3" => RunStatus.Finished,
        "FAILED" or "4" => RunStatus.Failed,
        "KILLED" or "5" => RunStatus.Killed,
        "SCHEDULED" or "2" => RunStatus.Scheduled,
        "RUNNING" or "1" or "" => RunStatus.Running,
        _ => throw new JsonException($"the field 'status' is '{text}', which is no status of a run"),
    };

    private static ModelStage ModelStageOf(string text) => text.ToUpperInvariant() switch
    {
        "STAGING" => ModelStage.Staging,
        "PRODUCTION" => ModelStage.Production,
        "ARCHIVED" => ModelStage.Archived,
        "NONE" or "" => ModelStage.None,
        _ => throw new JsonException($"the field 'current_stage' is '{text}', which is no stage"),
    };

    private static string ValueOf(ReadOnlySpan<Tag> tags, string key)
    {
        foreach (Tag tag in tags)
        {
            if (tag.Key == key)
            {
                return tag.Value;
            }
        }

        return "";
    }

    private static T[] Sorted<T>(T[] items, Func<T, string> key)
    {
        Array.Sort(items, (a, b) => string.CompareOrdinal(key(a), key(b)));
        return items;
    }
}
