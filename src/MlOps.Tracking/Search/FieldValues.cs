using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Search;

/// <summary>The values of fields in memory.</summary>
internal static class FieldValues
{
    private const string ContextTag = "mlflow.data.context";

    internal static double? Number(Run run, FilterField field)
    {
        if (field.Kind == FieldKind.Attribute)
        {
            return field.Key == "start_time" ? run.Info.StartTime : field.Key == "end_time" ? run.Info.EndTime : null;
        }

        if (field.Kind == FieldKind.Metric)
        {
            foreach (Metric metric in run.Metrics)
            {
                if (metric.Key == field.Key)
                {
                    return metric.Value;
                }
            }
        }

        return null;
    }

    internal static string? Text(Run run, FilterField field) => field.Kind switch
    {
        FieldKind.Param => Param(run.Params, field.Key),
        FieldKind.Tag => Tag(run.Tags, field.Key),
        FieldKind.Attribute => field.Key switch
        {
            "run_id" => run.Info.RunId,
            "run_name" => run.Info.Name,
            "user_id" => run.Info.UserId,
            "status" => StatusName(run.Info.Status),
            "artifact_uri" => run.Info.ArtifactUri,
            _ => null,
        },
        _ => null,
    };

    /// <summary>What a field of the data sets is in each of them that has it.</summary>
    internal static IEnumerable<string> Datasets(Run run, FilterField field) => field.Key switch
    {
        "name" => run.Inputs.Select(i => i.Dataset.Name),
        "digest" => run.Inputs.Select(i => i.Dataset.Digest),
        _ => run.Inputs.SelectMany(i => i.Tags).Where(t => t.Key == ContextTag).Select(t => t.Value),
    };

    internal static double? Number(Experiment experiment, FilterField field) => field.Key switch
    {
        "creation_time" => experiment.CreationTime,
        "last_update_time" => experiment.LastUpdateTime,
        _ => null,
    };

    internal static string? Text(Experiment experiment, FilterField field) => field.Kind == FieldKind.Tag ? Tag(experiment.Tags, field.Key) : field.Key switch
    {
        "name" => experiment.Name,
        "experiment_id" => experiment.Id,
        _ => null,
    };

    internal static double? Number(RegisteredModel model, FilterField field) => field.Key switch
    {
        "creation_time" => model.CreationTime,
        "last_update_time" => model.LastUpdatedTime,
        _ => null,
    };

    internal static string? Text(RegisteredModel model, FilterField field) =>
        field.Kind == FieldKind.Tag ? Tag(model.Tags, field.Key) : field.Key == "name" ? model.Name : null;

    internal static double? Number(ModelVersion version, FilterField field) => field.Key switch
    {
        "version_number" => version.Version,
        "creation_time" => version.CreationTime,
        "last_update_time" => version.LastUpdatedTime,
        _ => null,
    };

    internal static string? Text(ModelVersion version, FilterField field) => field.Kind == FieldKind.Tag ? Tag(version.Tags, field.Key) : field.Key switch
    {
        "name" => version.Name,
        "run_id" => version.RunId,
        "source_path" => version.Source,
        _ => null,
    };

    /// <summary>A status as filters write it.</summary>
    internal static string StatusName(RunStatus status) => status switch
    {
        RunStatus.Running => "RUNNING",
        RunStatus.Scheduled => "SCHEDULED",
        RunStatus.Finished => "FINISHED",
        RunStatus.Failed => "FAILED",
        _ => "KILLED",
    };

    private static string? Param(IReadOnlyList<Param> all, string key)
    {
        foreach (Param one in all)
        {
            if (one.Key == key)
            {
                return one.Value;
            }
        }

        return null;
    }

    private static string? Tag(IReadOnlyList<Tag> all, string key)
    {
        foreach (Tag one in all)
        {
            if (one.Key == key)
            {
                return one.Value;
            }
        }

        return null;
    }
}
