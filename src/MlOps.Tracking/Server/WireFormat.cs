using System.Globalization;
using System.Text.Json;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Server;

/// <summary>Our records as MLflow's JSON: snake_case; empty lists and what was never set are left out; numbers that are no numbers are texts.</summary>
internal static class WireFormat
{
    internal static void WriteExperiment(this Utf8JsonWriter writer, Experiment experiment, ArtifactAddresses addresses)
    {
        writer.WriteStartObject();
        writer.WriteString("experiment_id"u8, experiment.Id);
        writer.WriteString("name"u8, experiment.Name);
        writer.WriteString("artifact_location"u8, addresses.Shown(experiment.ArtifactLocation));
        writer.WriteString("lifecycle_stage"u8, Name(experiment.Stage));
        writer.WriteNumber("creation_time"u8, experiment.CreationTime);
        writer.WriteNumber("last_update_time"u8, experiment.LastUpdateTime);
        writer.WriteTags(experiment.Tags);
        writer.WriteEndObject();
    }

    internal static void WriteRun(this Utf8JsonWriter writer, Run run, ArtifactAddresses addresses)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("info"u8);
        writer.WriteInfo(run.Info, addresses);
        writer.WriteStartObject("data"u8);
        if (run.Metrics.Count > 0)
        {
            writer.WriteStartArray("metrics"u8);
            foreach (Metric metric in run.Metrics)
            {
                writer.WriteMetric(metric);
            }

            writer.WriteEndArray();
        }

        if (run.Params.Count > 0)
        {
            writer.WriteStartArray("params"u8);
            foreach (Param param in run.Params)
            {
                writer.WritePair(param.Key, param.Value);
            }

            writer.WriteEndArray();
        }

        writer.WriteTags(run.Tags);
        writer.WriteEndObject();
        writer.WriteStartObject("inputs"u8);
        if (run.Inputs.Count > 0)
        {
            writer.WriteStartArray("dataset_inputs"u8);
            foreach (DatasetInput input in run.Inputs)
            {
                writer.WriteInput(input);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    internal static void WriteInfo(this Utf8JsonWriter writer, RunInfo info, ArtifactAddresses addresses)
    {
        writer.WriteStartObject();
        writer.WriteString("run_uuid"u8, info.RunId);
        writer.WriteString("experiment_id"u8, info.ExperimentId);
        writer.WriteString("run_name"u8, info.Name);
        writer.WriteString("user_id"u8, info.UserId);
        writer.WriteString("status"u8, Name(info.Status));
        writer.WriteNumber("start_time"u8, info.StartTime);
        if (info.EndTime is { } end)
        {
            writer.WriteNumber("end_time"u8, end);
        }

        writer.WriteString("artifact_uri"u8, addresses.Shown(info.ArtifactUri));
        writer.WriteString("lifecycle_stage"u8, Name(info.Stage));
        writer.WriteString("run_id"u8, info.RunId);
        writer.WriteEndObject();
    }

    internal static void WriteMetric(this Utf8JsonWriter writer, in Metric metric, string? runId = null)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, metric.Key);
        writer.WriteReal("value"u8, metric.Value);
        writer.WriteNumber("timestamp"u8, metric.Timestamp);
        writer.WriteNumber("step"u8, metric.Step);
        if (runId is not null)
        {
            writer.WriteString("run_id"u8, runId);
        }

        writer.WriteEndObject();
    }

    internal static void WriteModel(this Utf8JsonWriter writer, RegisteredModel model, ArtifactAddresses addresses)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, model.Name);
        writer.WriteNumber("creation_timestamp"u8, model.CreationTime);
        writer.WriteNumber("last_updated_timestamp"u8, model.LastUpdatedTime);
        writer.WriteIfTold("description"u8, model.Description);
        if (model.LatestVersions.Count > 0)
        {
            writer.WriteStartArray("latest_versions"u8);
            foreach (ModelVersion version in model.LatestVersions)
            {
                writer.WriteVersion(version, addresses);
            }

            writer.WriteEndArray();
        }

        writer.WriteTags(model.Tags);
        if (model.Aliases.Count > 0)
        {
            writer.WriteStartArray("aliases"u8);
            foreach (ModelAlias alias in model.Aliases)
            {
                writer.WriteStartObject();
                writer.WriteString("alias"u8, alias.Alias);
                writer.WriteString("version"u8, Text(alias.Version));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    internal static void WriteVersion(this Utf8JsonWriter writer, ModelVersion version, ArtifactAddresses addresses)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, version.Name);
        writer.WriteString("version"u8, Text(version.Version));
        writer.WriteNumber("creation_timestamp"u8, version.CreationTime);
        writer.WriteNumber("last_updated_timestamp"u8, version.LastUpdatedTime);
        writer.WriteIfTold("user_id"u8, version.UserId);
        writer.WriteString("current_stage"u8, version.Stage.ToString());
        writer.WriteIfTold("description"u8, version.Description);
        writer.WriteString("source"u8, addresses.Shown(version.Source));
        writer.WriteIfTold("run_id"u8, version.RunId);
        writer.WriteString("status"u8, "READY"u8);
        writer.WriteTags(version.Tags);
        writer.WriteIfTold("run_link"u8, version.RunLink);
        if (version.Aliases.Count > 0)
        {
            writer.WriteStartArray("aliases"u8);
            foreach (string alias in version.Aliases)
            {
                writer.WriteStringValue(alias);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    internal static void WriteFile(this Utf8JsonWriter writer, string path, bool isFolder, long? size)
    {
        writer.WriteStartObject();
        writer.WriteString("path"u8, path);
        writer.WriteBoolean("is_dir"u8, isFolder);
        if (size is { } bytes)
        {
            writer.WriteNumber("file_size"u8, bytes);
        }

        writer.WriteEndObject();
    }

    internal static void WriteNextPage(this Utf8JsonWriter writer, string? token)
    {
        if (!string.IsNullOrEmpty(token))
        {
            writer.WriteString("next_page_token"u8, token);
        }
    }

    private static void WriteInput(this Utf8JsonWriter writer, DatasetInput input)
    {
        writer.WriteStartObject();
        writer.WriteTags(input.Tags);
        writer.WriteStartObject("dataset"u8);
        writer.WriteString("name"u8, input.Dataset.Name);
        writer.WriteString("digest"u8, input.Dataset.Digest);
        writer.WriteString("source_type"u8, input.Dataset.SourceType);
        writer.WriteString("source"u8, input.Dataset.Source);
        writer.WriteIfTold("schema"u8, input.Dataset.Schema);
        writer.WriteIfTold("profile"u8, input.Dataset.Profile);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteTags(this Utf8JsonWriter writer, IReadOnlyList<Tag> tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tags"u8);
        foreach (Tag tag in tags)
        {
            writer.WritePair(tag.Key, tag.Value);
        }

        writer.WriteEndArray();
    }

    private static void WritePair(this Utf8JsonWriter writer, string key, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, key);
        writer.WriteString("value"u8, value);
        writer.WriteEndObject();
    }

    /// <summary>Writes a double so that it is read back exactly and as a real number: 1 is <c>1.0</c>, and −0 keeps its sign in readers that know whole numbers.</summary>
    private static void WriteReal(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, double value)
    {
        if (!double.IsFinite(value))
        {
            writer.WriteString(name, double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
            return;
        }

        Span<byte> text = stackalloc byte[40]; // the longest double has 24 characters
        value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        if (text[..length].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            ".0"u8.CopyTo(text[length..]);
            length += 2;
        }

        writer.WritePropertyName(name);
        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }

    private static void WriteIfTold(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.WriteString(name, text);
        }
    }

    private static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);

    private static string Name(LifecycleStage stage) => stage == LifecycleStage.Active ? "active" : "deleted";

    private static string Name(RunStatus status) => status switch
    {
        RunStatus.Scheduled => "SCHEDULED",
        RunStatus.Finished => "FINISHED",
        RunStatus.Failed => "FAILED",
        RunStatus.Killed => "KILLED",
        _ => "RUNNING",
    };
}
