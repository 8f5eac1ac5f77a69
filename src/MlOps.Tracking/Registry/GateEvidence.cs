using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Tracking.Registry;

/// <summary>What gates found, as the promotion log keeps it.</summary>
internal static class GateEvidence
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(IReadOnlyList<GateResult> results, string given)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            json.WriteStartObject();
            json.WriteStartArray("gates");
            foreach (GateResult result in results)
            {
                json.WriteStartObject();
                json.WriteString("name", result.Name);
                json.WriteBoolean("passed", result.Passed);
                json.WriteString("message", result.Message);
                WriteNumber(json, "value", result.Value);
                WriteNumber(json, "limit", result.Limit);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (given.Length > 0)
            {
                json.WriteString("given", given);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        switch (value)
        {
            case null:
                break;
            case { } number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, value.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)); // NaN and the infinities, as JSON has no number for them
                break;
        }
    }
}
