using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Drift.Streaming;

/// <summary>The saved form: <c>{"type":"adwin","version":1,"parameters":{…},"state":{…}}</c>.</summary>
internal static class SavedDetector
{
    /// <summary>Raised when a detector's saved state changes its meaning.</summary>
    private const int Version = 1;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(DriftDetector detector)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            json.WriteString("type", detector.Name);
            json.WriteNumber("version", Version);
            json.WriteStartObject("parameters");
            foreach ((string name, IConvertible value) in detector.Parameters)
            {
                WriteParameter(json, name, value);
            }

            json.WriteEndObject();
            json.WriteStartObject("state");
            detector.Exchange(new StateWriter(json));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static DriftDetector Read(string text, Dictionary<string, Func<SavedParameters, DriftDetector>> makers)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            string type = Part(root, "type", JsonValueKind.String).GetString()!;
            if (!makers.TryGetValue(type, out Func<SavedParameters, DriftDetector>? make))
            {
                throw new FormatException($"There is no detector '{type}'; there are {string.Join(", ", makers.Keys.Order(StringComparer.Ordinal))}.");
            }

            JsonElement version = Part(root, "version", JsonValueKind.Number);
            if (!version.TryGetInt32(out int number) || number != Version)
            {
                throw new FormatException($"This '{type}' was saved in version {version.GetRawText()} of the format; this library reads version {Version}.");
            }

            DriftDetector detector = make(new SavedParameters(Part(root, "parameters", JsonValueKind.Object)));
            detector.Exchange(new StateReader(Part(root, "state", JsonValueKind.Object)));
            return detector;
        }
        catch (JsonException e)
        {
            throw new FormatException($"A saved detector is JSON; this is not: {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"A parameter of the saved detector is refused: {e.Message}", e);
        }
    }

    private static void WriteParameter(Utf8JsonWriter json, string name, IConvertible value)
    {
        switch (value)
        {
            case double number:
                json.WriteNumber(name, number);
                break;
            case int whole:
                json.WriteNumber(name, whole);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            default:
                json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
                break;
        }
    }

    private static JsonElement Part(JsonElement root, string name, JsonValueKind kind) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out JsonElement part) && part.ValueKind == kind
            ? part
            : throw new FormatException($"A saved detector is an object with type, version, parameters and state; '{name}' is missing or is no {kind.ToString().ToLowerInvariant()}.");
}
