using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlOps.Grading.Releasing;

/// <summary>A released file as people and programs read it: its text, and the strings in it where it is JSON or HTML.</summary>
/// <param name="File">Path from the root of the edition.</param>
/// <param name="Parts">The strings of a notebook or a JSON file, the words of a page; last the whole text.</param>
internal sealed partial record ReleasedText(string File, IReadOnlyList<TextPart> Parts)
{
    private const int LooksAt = 8000;

    private static readonly JsonDocumentOptions s_lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Gets the text of the whole file.</summary>
    internal TextPart Whole => Parts[^1];

    /// <summary>Reads a file; null if it is no text.</summary>
    internal static ReleasedText? Read(string root, string file)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(Path.Combine(root, file));
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        reader.Peek(); // finds a byte order mark
        if (reader.CurrentEncoding is UTF8Encoding && bytes.AsSpan(0, Math.Min(bytes.Length, LooksAt)).Contains((byte)0))
        {
            return null;
        }

        return Of(file, reader.ReadToEnd());
    }

    internal static ReleasedText Of(string file, string text) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".ipynb" or ".json" => new ReleasedText(file, [.. Strings(text), new TextPart("", text)]),
        ".html" or ".htm" => new ReleasedText(file, [new TextPart("", WebUtility.HtmlDecode(Tag().Replace(text, ""))), new TextPart("", text)]),
        ".md" or ".xml" or ".trx" or ".svg" => new ReleasedText(file, [new TextPart("", WebUtility.HtmlDecode(text))]),
        _ => new ReleasedText(file, [new TextPart("", text)]),
    };

    private static List<TextPart> Strings(string text)
    {
        var parts = new List<TextPart>();
        try
        {
            using var json = JsonDocument.Parse(text, s_lenient);
            Collect(json.RootElement, "", parts);
        }
        catch (JsonException)
        {
            return []; // not JSON after all; the whole text is looked at in any case
        }

        return parts;
    }

    private static void Collect(JsonElement json, string path, List<TextPart> parts)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                parts.Add(new TextPart(path, json.GetString()!));
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in json.EnumerateObject())
                {
                    Collect(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", parts);
                }

                break;
            // A notebook stores a text as the list of its lines.
            case JsonValueKind.Array when json.GetArrayLength() > 0 && json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String):
                parts.Add(new TextPart(path, string.Join('\n', json.EnumerateArray().Select(item => item.GetString()!.TrimEnd('\n')))));
                break;
            case JsonValueKind.Array:
                int i = 0;
                foreach (JsonElement item in json.EnumerateArray())
                {
                    Collect(item, $"{path}[{i++}]", parts);
                }

                break;
        }
    }

    // Highlighted code has a tag around every word.
    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();
}
