using System.Text.Json;
using MlOps.Kernel.Transport;

namespace MlOps.Kernel.Jupyter;

/// <summary>A message from a front end, its signature checked.</summary>
/// <param name="Identity">The peer to answer.</param>
/// <param name="Route">Further frames in front of the message, which an answer has to repeat.</param>
/// <param name="Header">The header's bytes: answers carry them, unchanged, as their parent.</param>
/// <param name="Id">Names the message.</param>
/// <param name="Type">Such as <c>execute_request</c>.</param>
/// <param name="Session">Names the front end's session.</param>
/// <param name="Parent">The header of the message that this one answers; an empty object if there is none.</param>
/// <param name="Metadata">An object.</param>
/// <param name="Content">An object.</param>
internal sealed record JupyterMessage(
    ReadOnlyMemory<byte> Identity,
    IReadOnlyList<ReadOnlyMemory<byte>> Route,
    ReadOnlyMemory<byte> Header,
    string Id,
    string Type,
    string Session,
    JsonElement Parent,
    JsonElement Metadata,
    JsonElement Content)
{
    private const int Parts = 5; // signature, header, parent, metadata, content; buffers may follow

    internal static ReadOnlySpan<byte> Delimiter => "<IDS|MSG>"u8;

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">It is no signed Jupyter message; the text says why.</exception>
    internal static JupyterMessage Read(RoutedMessage routed, MessageSigner signer)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> frames = routed.Frames;
        int start = 0;
        while (start < frames.Count && !frames[start].Span.SequenceEqual(Delimiter))
        {
            start++;
        }

        if (frames.Count - start - 1 < Parts)
        {
            throw new FormatException($"{frames.Count} frames without a delimiter and five parts behind it");
        }

        ReadOnlyMemory<byte> header = frames[start + 2];
        if (!signer.Accepts(frames[start + 1], header, frames[start + 3], frames[start + 4], frames[start + 5]))
        {
            throw new FormatException("its signature is missing, wrong, or has been used before");
        }

        try
        {
            JsonElement head = Object(header, "header");
            return new JupyterMessage(
                routed.Identity,
                [.. frames.Take(start)],
                header,
                JsonText.Of(head, "msg_id") ?? throw new FormatException("its header has no msg_id"),
                JsonText.Of(head, "msg_type") ?? throw new FormatException("its header has no msg_type"),
                JsonText.Of(head, "session") ?? string.Empty,
                Object(frames[start + 3], "parent header"),
                Object(frames[start + 4], "metadata"),
                Object(frames[start + 5], "content"));
        }
        catch (JsonException exception)
        {
            throw new FormatException($"its JSON is wrong: {exception.Message}", exception);
        }
    }

    /// <summary>A text of the content; the alternative if it is absent or no text.</summary>
    internal string Text(string name, string otherwise = "") => JsonText.Of(Content, name) ?? otherwise;

    internal bool Flag(string name, bool otherwise) =>
        Content.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : otherwise;

    internal int Number(string name, int otherwise) =>
        Content.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : otherwise;

    private static JsonElement Object(ReadOnlyMemory<byte> bytes, string part)
    {
        JsonElement json = JsonElement.Parse(bytes.Span);
        return json.ValueKind == JsonValueKind.Object ? json : throw new FormatException($"its {part} is a JSON {json.ValueKind}, not an object");
    }
}
