using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace MlOps.Fairness.Cards;

/// <summary>What the documents share when they are written as JSON and read back.</summary>
internal static class CardJson
{
    private static readonly JavaScriptEncoder s_letters = JavaScriptEncoder.Create(UnicodeRanges.All); // letters of every script as they are; < > & escaped

    internal static string Write(Action<Utf8JsonWriter> write, bool indented)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented, NewLine = "\n", Encoder = s_letters }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static T Read<T>(string text, Func<JsonElement, T> read)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CardFormatException($"This is no JSON of such a document: {e.Message}", e);
        }
    }

    internal static void MustBe(JsonElement root, string kind)
    {
        string? found = Text(root, "kind");
        if (found != kind)
        {
            throw new CardFormatException($"A '{kind}' is needed; this is {(found is null ? "JSON without 'kind'" : $"a '{found}'")}.");
        }
    }

    internal static IEnumerable<JsonElement> List(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : throw new CardFormatException($"The list '{name}' is missing.");

    internal static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    internal static IReadOnlyList<string> Texts(JsonElement owner, string name) => [.. List(owner, name).Select(text => text.GetString() ?? "")];

    internal static double? Number(JsonElement owner, string name) => owner.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value.GetDouble() : null;

    internal static long? Count(JsonElement owner, string name) => owner.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value.GetInt64() : null;

    internal static void Count(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    internal static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    internal static void Sections(Utf8JsonWriter json, IEnumerable<CardSection> sections)
    {
        json.WriteStartArray("sections");
        foreach (CardSection section in sections)
        {
            json.WriteStartObject();
            json.WriteString("id", section.Id);
            json.WriteString("title", section.Title);
            json.WriteStartArray("fields");
            foreach (CardField field in section.Fields)
            {
                json.WriteStartObject();
                json.WriteString("id", field.Question.Id);
                json.WriteString("question", field.Question.Text);
                json.WriteBoolean("required", field.Question.Required);
                Texts(json, "facts", field.Facts);
                Texts(json, "answer", field.Answer);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void Gaps(Utf8JsonWriter json, IEnumerable<CardGap> gaps)
    {
        json.WriteStartArray("gaps");
        foreach (CardGap gap in gaps)
        {
            json.WriteStartObject();
            json.WriteString("where", gap.Where);
            json.WriteString("what", gap.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
