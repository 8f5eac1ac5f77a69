using System.Text.Json.Nodes;

namespace MlOps.Kernel.Notebooks;

/// <summary>One cell of a <see cref="NotebookFile"/>. Metadata we do not know is kept as it came.</summary>
public sealed class NotebookCell
{
    private readonly JsonObject _json;

    internal NotebookCell(JsonObject json)
    {
        Kind = (string?)json["cell_type"] switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            var other => throw new FormatException($"a cell of the unknown type '{other}'"),
        };
        Source = MultilineText.Join(json["source"]);
        Tags = [.. ((json["metadata"] as JsonObject)?["tags"] as JsonArray ?? []).Select(tag => (string?)tag ?? string.Empty)];
        Outputs = Kind == CellKind.Code ? [.. (json["outputs"] as JsonArray ?? []).Select(NotebookOutput.Read)] : [];
        _json = json;
    }

    /// <summary>Creates a code cell.</summary>
    public static NotebookCell Code(string id, string source, params IEnumerable<string> tags) => new(new JsonObject
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = id,
        ["metadata"] = new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) },
        ["outputs"] = new JsonArray(),
        ["source"] = MultilineText.Split(source),
    });

    /// <summary>Creates a Markdown cell.</summary>
    internal static NotebookCell Markdown(string id, string source) => new(new JsonObject
    {
        ["cell_type"] = "markdown",
        ["id"] = id,
        ["metadata"] = new JsonObject(),
        ["source"] = MultilineText.Split(source),
    });

    /// <summary>Gets the identifier, unique within the notebook.</summary>
    public string Id => (string?)_json["id"] ?? string.Empty;

    /// <summary>Gets what the cell holds.</summary>
    public CellKind Kind { get; }

    /// <summary>Gets the text, lines separated by <c>\n</c>.</summary>
    public string Source { get; }

    /// <summary>Gets the tags, such as <c>parameters</c> or <c>raises-exception</c>.</summary>
    public IReadOnlyList<string> Tags { get; }

    /// <summary>Gets the language that the metadata names, under the key of Polyglot Notebooks or of .NET Interactive; null if they name none.</summary>
    public string? Language => LanguageIn(_json["metadata"]);

    /// <summary>Gets the stored outputs; none for cells that hold no code.</summary>
    public IReadOnlyList<NotebookOutput> Outputs { get; private init; }

    /// <summary>Returns the same cell with other outputs and no execution count.</summary>
    public NotebookCell WithOutputs(IEnumerable<NotebookOutput> outputs)
    {
        var json = (JsonObject)_json.DeepClone();
        json["execution_count"] = null;
        json["outputs"] = new JsonArray([.. outputs.Select(output => output.Write())]);
        return new NotebookCell(json);
    }

    /// <summary>The language that a cell's metadata name; null if they name none. Execute requests carry the same metadata.</summary>
    internal static string? LanguageIn(JsonNode? metadata) => Text(metadata, "polyglot_notebook", "kernelName") ?? Text(metadata, "dotnet_interactive", "language");

    private static string? Text(JsonNode? metadata, string tool, string key) =>
        metadata is JsonObject all && all[tool] is JsonObject of && of[key] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    internal JsonObject Write()
    {
        var json = (JsonObject)_json.DeepClone();
        json["source"] = MultilineText.Split(Source);
        if (Kind == CellKind.Code)
        {
            json["execution_count"] = null;
            json["outputs"] = new JsonArray([.. Outputs.Select(output => output.Write())]);
        }

        return json;
    }
}
