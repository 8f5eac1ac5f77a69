using System.Text.Json.Nodes;

namespace MlOps.Kernel.Notebooks;

/// <summary>The notebook format stores text as one string or as a list of lines; we read both and write lines, which diff well.</summary>
internal static class MultilineText
{
    internal static string Join(JsonNode? node) => node switch
    {
        null => string.Empty,
        JsonArray lines => string.Concat(lines.Select(line => (string?)line)),
        _ => (string?)node ?? string.Empty,
    };

    internal static JsonArray Split(string text)
    {
        var lines = new JsonArray();
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            lines.Add((JsonNode)JsonValue.Create(text[start..next]));
            start = next;
        }

        return lines;
    }
}
