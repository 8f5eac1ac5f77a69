using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Tracking.Registry;

/// <summary>An entry of the promotion log as JSON: a line of a file, a field of an answer, a tag.</summary>
internal static class PromotionJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an entry with all its fields; no version is null.</summary>
    internal static void Write(Utf8JsonWriter json, PromotionEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("number"u8, entry.Number);
        json.WriteNumber("time"u8, entry.Time);
        json.WriteString("model"u8, entry.Model);
        json.WriteString("action"u8, entry.Action.ToString());
        json.WriteString("target"u8, entry.Target);
        WriteVersion(json, "version"u8, entry.Version);
        WriteVersion(json, "previous"u8, entry.Previous);
        json.WriteString("actor"u8, entry.Actor);
        json.WriteString("reason"u8, entry.Reason);
        json.WriteString("evidence"u8, entry.Evidence);
        json.WriteString("previous_hash"u8, entry.PreviousHash);
        json.WriteString("hash"u8, entry.Hash);
        json.WriteEndObject();
    }

    /// <summary>Returns an entry as one line of UTF-8, without the line's end.</summary>
    internal static byte[] Line(PromotionEntry entry)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            Write(json, entry);
        }

        return stream.ToArray();
    }

    /// <exception cref="FormatException">It is no entry.</exception>
    internal static PromotionEntry Read(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            JsonElement entry = json.RootElement;
            return new PromotionEntry(
                entry.GetProperty("number").GetInt64(), entry.GetProperty("time").GetInt64(), Text("model"), Enum.Parse<PromotionAction>(Text("action")), Text("target"), Version("version"), Version("previous"),
                Text("actor"), Text("reason"), Text("evidence"), Text("previous_hash"), Text("hash"));

            string Text(string name) => entry.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

            int? Version(string name) => entry.TryGetProperty(name, out JsonElement number) && number.ValueKind != JsonValueKind.Null ? number.GetInt32() : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"It is no entry of a promotion log: {e.Message}", e);
        }
    }

    private static void WriteVersion(Utf8JsonWriter json, ReadOnlySpan<byte> name, int? version)
    {
        if (version is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
