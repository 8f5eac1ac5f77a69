namespace MlOps.Tracking.Search;

/// <summary>The entities and attributes that a filter or an order may name, with MLflow's other names for them.</summary>
internal static class FieldNames
{
    private static readonly string[] s_runTexts = ["run_id", "run_name", "user_id", "status", "artifact_uri"];
    private static readonly string[] s_runNumbers = ["start_time", "end_time"];
    private static readonly string[] s_times = ["creation_time", "last_update_time"];
    private static readonly string[] s_name = ["name"];
    private static readonly string[] s_versionTexts = ["name", "run_id", "source_path"];
    private static readonly string[] s_versionNumbers = ["version_number"];
    private static readonly string[] s_dataset = ["name", "digest", "context"];

    /// <summary>The kind that an entity's name stands for; null if this target has no such entity.</summary>
    internal static FieldKind? Entity(string name, FilterTarget target, bool strict)
    {
        FieldKind? kind = name switch
        {
            "attribute" or "attributes" or "attr" or "run" => FieldKind.Attribute,
            "tag" or "tags" => FieldKind.Tag,
            "metric" or "metrics" => FieldKind.Metric,
            "parameter" or "parameters" or "param" or "params" => FieldKind.Param,
            "dataset" or "datasets" => FieldKind.Dataset,
            _ => null,
        };
        return target == FilterTarget.Runs ? kind
            : name == "run" || (strict && name is "attributes" or "attr") || kind is not (FieldKind.Attribute or FieldKind.Tag) ? null
            : kind;
    }

    internal static string Entities(FilterTarget target) => target == FilterTarget.Runs ? "metrics, params, tags, attributes and datasets" : "attribute and tags";

    /// <summary>The canonical name of an attribute that a filter may compare, and whether it is a number; null if there is none of that name.</summary>
    internal static (string Key, bool IsNumber)? Filterable(string name, FilterTarget target)
    {
        string key = target == FilterTarget.Runs ? OfRun(name) : name;
        return Texts(target).Contains(key) ? (key, false) : Numbers(target).Contains(key) ? (key, true) : null;
    }

    internal static string Filterables(FilterTarget target) => string.Join(", ", Texts(target).Concat(Numbers(target)));

    /// <summary>The canonical name of an attribute to sort by; null if there is none of that name.</summary>
    internal static string? Orderable(string name, FilterTarget target) => (target, name) switch
    {
        (FilterTarget.Runs, _) => Filterable(name, target)?.Key,
        (FilterTarget.Experiments, "name" or "experiment_id" or "creation_time" or "last_update_time") => name,
        (FilterTarget.Models or FilterTarget.Versions, "name") => name,
        (FilterTarget.Models or FilterTarget.Versions, "creation_timestamp") => "creation_time",
        (FilterTarget.Models or FilterTarget.Versions, "last_updated_timestamp") => "last_update_time",
        (FilterTarget.Models, "timestamp") => "last_update_time",
        (FilterTarget.Versions, "version_number") => name,
        _ => null,
    };

    internal static string Orderables(FilterTarget target) => target switch
    {
        FilterTarget.Runs => Filterables(target),
        FilterTarget.Experiments => "name, experiment_id, creation_time, last_update_time",
        FilterTarget.Models => "name, creation_timestamp, last_updated_timestamp",
        _ => "name, version_number, creation_timestamp, last_updated_timestamp",
    };

    internal static bool IsDatasetKey(string name) => s_dataset.Contains(name);

    /// <summary>How MLflow's page heads its columns.</summary>
    private static string OfRun(string name) => name switch
    {
        "created" or "Created" => "start_time",
        "run name" or "Run name" or "Run Name" => "run_name",
        _ => name,
    };

    private static string[] Texts(FilterTarget target) => target switch
    {
        FilterTarget.Runs => s_runTexts,
        FilterTarget.Versions => s_versionTexts,
        _ => s_name,
    };

    private static string[] Numbers(FilterTarget target) => target switch
    {
        FilterTarget.Runs => s_runNumbers,
        FilterTarget.Experiments => s_times,
        FilterTarget.Versions => s_versionNumbers,
        _ => [],
    };
}
