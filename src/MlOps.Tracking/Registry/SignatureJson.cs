using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Tracking.Registry;

/// <summary>The fields of a signature as MLflow writes them: a JSON list in which a tensor carries a <c>tensor-spec</c>.</summary>
internal static class SignatureJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(IReadOnlyList<SignatureField> fields)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            json.WriteStartArray();
            foreach (SignatureField field in fields)
            {
                Write(json, field);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static SignatureField[] Read(string? text, string side)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Array
                ? [.. json.RootElement.EnumerateArray().Select(Read)]
                : throw new FormatException($"The {side} of a signature are a JSON list; this is {json.RootElement.ValueKind}.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"The {side} of the signature cannot be read: {e.Message}", e);
        }
    }

    private static void Write(Utf8JsonWriter json, SignatureField field)
    {
        json.WriteStartObject();
        json.WriteString("type", field.Shape is null ? field.Type : "tensor");
        if (field.Name.Length > 0)
        {
            json.WriteString("name", field.Name);
        }

        if (field.Shape is null)
        {
            json.WriteBoolean("required", field.Required);
        }
        else
        {
            json.WriteStartObject("tensor-spec");
            json.WriteString("dtype", field.Type);
            json.WriteStartArray("shape");
            foreach (long length in field.Shape)
            {
                json.WriteNumberValue(length);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static SignatureField Read(JsonElement field)
    {
        string name = field.TryGetProperty("name", out JsonElement named) ? Text(named) : "";
        string type = Text(field.GetProperty("type"));
        if (type == "tensor")
        {
            JsonElement spec = field.GetProperty("tensor-spec");
            return new SignatureField(name, Text(spec.GetProperty("dtype")), [.. spec.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())]);
        }

        bool required = field.TryGetProperty("required", out JsonElement must) ? must.GetBoolean() : !(field.TryGetProperty("optional", out JsonElement may) && may.GetBoolean()); // "optional" until MLflow 2.9
        return new SignatureField(name, type, Required: required);
    }

    private static string Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : element.ToString(); // a column's name may be a number
}
