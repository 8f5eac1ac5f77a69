using System.Text.Json;

namespace MlOps.Tracking.Comparison;

/// <summary>A run as JSON.</summary>
internal static class RunJson
{
    internal static void Write(Utf8JsonWriter json, Run run)
    {
        json.WriteStartObject();
        json.WriteString("runId", run.Info.RunId);
        json.WriteString("name", run.Info.Name);
        json.WriteString("experimentId", run.Info.ExperimentId);
        json.WriteString("user", run.Info.UserId);
        json.WriteString("status", run.Info.Status.ToString().ToUpperInvariant());
        json.WriteString("lifecycleStage", run.Info.Stage.ToString().ToLowerInvariant());
        json.WriteNumber("startTime", run.Info.StartTime);
        if (run.Info.EndTime is { } end)
        {
            json.WriteNumber("endTime", end);
        }
        else
        {
            json.WriteNull("endTime");
        }

        json.WriteString("artifactUri", run.Info.ArtifactUri);
        json.WriteStartObject("params");
        foreach (Param param in run.Params)
        {
            json.WriteString(param.Key, param.Value);
        }

        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach (Metric metric in run.Metrics)
        {
            json.WritePropertyName(metric.Key);
            WriteNumber(json, metric.Value);
        }

        json.WriteEndObject();
        json.WriteStartObject("tags");
        foreach (Tag tag in run.Tags)
        {
            json.WriteString(tag.Key, tag.Value);
        }

        json.WriteEndObject();
        json.WriteStartArray("inputs");
        foreach (DatasetInput input in run.Inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", input.Dataset.Name);
            json.WriteString("digest", input.Dataset.Digest);
            json.WriteString("sourceType", input.Dataset.SourceType);
            json.WriteString("source", input.Dataset.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A number; what JSON has no number for becomes one of the texts that MLflow uses.</summary>
    internal static void WriteNumber(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }
}
