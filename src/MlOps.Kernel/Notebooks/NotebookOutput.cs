using System.Text.Json.Nodes;

namespace MlOps.Kernel.Notebooks;

/// <summary>One stored output of a code cell.</summary>
public abstract record NotebookOutput
{
    private protected NotebookOutput()
    {
    }

    internal static NotebookOutput Read(JsonNode? node) => node is JsonObject json
        ? Read(json)
        : throw new FormatException("an output that is no JSON object");

    internal abstract JsonObject Write();

    private static NotebookOutput Read(JsonObject json) => (string?)json["output_type"] switch
    {
        "stream" => new StoredStream((string?)json["name"] ?? "stdout", MultilineText.Join(json["text"])),
        "error" => new StoredError(
            (string?)json["ename"] ?? string.Empty,
            (string?)json["evalue"] ?? string.Empty,
            [.. (json["traceback"] as JsonArray ?? []).Select(line => (string?)line ?? string.Empty)]),
        "execute_result" => new StoredDisplay(Bundle(json), IsResult: true),
        "display_data" => new StoredDisplay(Bundle(json), IsResult: false),
        var other => throw new FormatException($"an output of the unknown type '{other}'"),
    };

    private static SortedDictionary<string, JsonNode> Bundle(JsonObject json)
    {
        var bundle = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach ((string mime, JsonNode? value) in json["data"] as JsonObject ?? [])
        {
            if (value is not null)
            {
                bundle[mime] = StoredDisplay.IsJson(mime) ? value.DeepClone() : JsonValue.Create(MultilineText.Join(value));
            }
        }

        return bundle;
    }
}

/// <summary>Text that the cell wrote to standard output or standard error.</summary>
/// <param name="Name"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Text">What was written.</param>
public sealed record StoredStream(string Name, string Text) : NotebookOutput
{
    internal override JsonObject Write() => new()
    {
        ["name"] = Name,
        ["output_type"] = "stream",
        ["text"] = MultilineText.Split(Text),
    };
}

/// <summary>A displayed object: the same thing in several MIME types, of which a reader picks the richest it knows.</summary>
/// <param name="Data">MIME type → text, or JSON for the types that end in <c>json</c>.</param>
/// <param name="IsResult">Whether it is the value of the cell's last expression.</param>
public sealed record StoredDisplay(IReadOnlyDictionary<string, JsonNode> Data, bool IsResult) : NotebookOutput
{
    /// <summary>Returns the text stored under a MIME type; null if there is none.</summary>
    public string? Text(string mime) =>
        Data.TryGetValue(mime, out JsonNode? value) ? (IsJson(mime) ? value.ToJsonString() : (string?)value) : null;

    internal static bool IsJson(string mime) => mime.EndsWith("json", StringComparison.Ordinal);

    // Pictures in base64 stay one string: Jupyter writes them so, and VS Code shows no picture that comes as a list of lines.
    private static bool IsText(string mime) => mime.StartsWith("text/", StringComparison.Ordinal) || mime is "image/svg+xml" or "application/javascript";

    internal override JsonObject Write()
    {
        var data = new JsonObject();
        foreach ((string mime, JsonNode value) in Data.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            data[mime] = IsText(mime) ? MultilineText.Split((string?)value ?? string.Empty) : value.DeepClone();
        }

        var json = new JsonObject { ["data"] = data };
        if (IsResult)
        {
            // Counts are cleared, so that running a notebook again changes nothing in its file.
            json["execution_count"] = null;
        }

        json["metadata"] = new JsonObject();
        json["output_type"] = IsResult ? "execute_result" : "display_data";
        return json;
    }
}

/// <summary>The error that ended a cell.</summary>
/// <param name="Name">The exception's type, or a compiler error number.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Traceback">The lines shown to the reader, places in the cells included.</param>
public sealed record StoredError(string Name, string Message, IReadOnlyList<string> Traceback) : NotebookOutput
{
    internal override JsonObject Write() => new()
    {
        ["ename"] = Name,
        ["evalue"] = Message,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. Traceback.Select(line => JsonValue.Create(line))]),
    };
}
