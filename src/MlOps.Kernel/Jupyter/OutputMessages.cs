using System.Text.Json;
using MlOps.Kernel.Engine;
using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Jupyter;

/// <summary>Publishes what a cell shows, as the messages that front ends know.</summary>
/// <param name="iopub">Where to.</param>
/// <param name="parent">The header of the request that runs the cell. Output that comes late keeps it.</param>
/// <param name="executionCount">The number in the cell's bracket.</param>
/// <param name="silent">True: the cell's result is not shown.</param>
internal sealed class OutputMessages(IoPub iopub, ReadOnlyMemory<byte> parent, int executionCount, bool silent)
{
    internal void Publish(CellOutput output)
    {
        switch (output)
        {
            case StreamOutput text:
                iopub.Publish("stream", parent, json =>
                {
                    json.WriteString("name", text.Stream);
                    json.WriteString("text", Utf16.Valid(text.Text));
                });
                break;
            case DisplayOutput display:
                iopub.Publish(display.IsUpdate ? "update_display_data" : "display_data", parent, json =>
                {
                    WriteBundle(json, display.Bundle);
                    json.WriteStartObject("transient");
                    json.WriteString("display_id", display.DisplayId);
                    json.WriteEndObject();
                });
                break;
            case ResultOutput result when !silent:
                iopub.Publish("execute_result", parent, json =>
                {
                    json.WriteNumber("execution_count", executionCount);
                    WriteBundle(json, result.Bundle);
                });
                break;
            case ErrorOutput error:
                iopub.Publish("error", parent, json => WriteError(json, error));
                break;
            case ClearOutput clear:
                iopub.Publish("clear_output", parent, json => json.WriteBoolean("wait", clear.Wait));
                break;
        }
    }

    /// <summary>Writes <c>data</c> and <c>metadata</c>. JSON types are nested as JSON; text that only claims to be JSON stays text.</summary>
    internal static void WriteBundle(Utf8JsonWriter json, IReadOnlyDictionary<string, string> bundle)
    {
        json.WriteStartObject("data");
        foreach ((string mimeType, string text) in bundle)
        {
            json.WritePropertyName(mimeType);
            if (StoredDisplay.IsJson(mimeType) && IsJson(text))
            {
                json.WriteRawValue(text, skipInputValidation: true);
            }
            else
            {
                json.WriteStringValue(Utf16.Valid(text));
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("metadata");
        json.WriteEndObject();
    }

    internal static void WriteError(Utf8JsonWriter json, ErrorOutput error)
    {
        json.WriteString("ename", Utf16.Valid(error.Name));
        json.WriteString("evalue", Utf16.Valid(error.Message));
        json.WriteStartArray("traceback");
        foreach (string line in error.Traceback)
        {
            json.WriteStringValue(Utf16.Valid(line));
        }

        json.WriteEndArray();
    }

    private static bool IsJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
