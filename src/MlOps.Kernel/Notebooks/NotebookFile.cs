using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOps.Kernel.Notebooks;

/// <summary>A notebook as it lies on disk (nbformat 4). Immutable; what we do not know of is kept as it came.</summary>
/// <remarks>Files of format 4.0 to 4.4 become 4.5: cells get identifiers made from their place, so that the same input gives the same bytes.</remarks>
public sealed partial class NotebookFile
{
    private const int Major = 4;
    private const int Minor = 5;
    private const long LargestFile = 512L * 1024 * 1024;

    private static readonly JsonSerializerOptions s_layout = new()
    {
        WriteIndented = true,
        IndentSize = 1, // as nbformat itself writes, so that opening a file in Jupyter does not rewrite it
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _json;

    private NotebookFile(JsonObject json, IReadOnlyList<NotebookCell> cells)
    {
        _json = json;
        Cells = cells;
    }

    /// <summary>Gets the cells in order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>Gets the language named in the metadata, such as <c>C#</c>; null if none is.</summary>
    public string? Language =>
        (string?)Metadata("language_info")?["name"] ?? (string?)Metadata("kernelspec")?["language"];

    /// <summary>Reads a notebook.</summary>
    /// <exception cref="NotebookFormatException">The file is missing, empty, cut off, no JSON, no notebook, or of a format before 4.</exception>
    public static NotebookFile Load(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new NotebookFormatException(path, Directory.Exists(path) ? "is a folder; name a notebook file (.ipynb)." : "there is no such file.");
        }

        if (file.Length > LargestFile)
        {
            throw new NotebookFormatException(path, $"has {file.Length >> 20} MB, more than the {LargestFile >> 20} MB a notebook may have. Clear its outputs and try again.");
        }

        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Reads a notebook from text.</summary>
    /// <param name="text">The JSON text; a byte order mark is skipped.</param>
    /// <param name="path">What to call it in messages.</param>
    /// <exception cref="NotebookFormatException">As for <see cref="Load"/>.</exception>
    public static NotebookFile Parse(string text, string path)
    {
        text = text.TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new NotebookFormatException(path, "the file is empty; a notebook is JSON text. Restore it from version control.");
        }

        JsonObject json;
        try
        {
            json = JsonNode.Parse(text) as JsonObject
                ?? throw new NotebookFormatException(path, "the file is JSON but not a notebook: it is no JSON object.");
            _ = json.Count; // JsonObject reads lazily; this is where a key that occurs twice is told
        }
        catch (JsonException e)
        {
            string place = e.LineNumber is { } line ? $" at line {line + 1}, column {e.BytePositionInLine + 1}" : string.Empty;
            throw new NotebookFormatException(path, $"not a notebook: the JSON text breaks off or is wrong{place}. Restore the file from version control or save it again.", e);
        }
        catch (ArgumentException e)
        {
            throw new NotebookFormatException(path, $"not a notebook: {e.Message}", e);
        }

        try
        {
            return FromJson(json, path);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            throw new NotebookFormatException(path, $"not a valid notebook: {e.Message}.", e);
        }
    }

    /// <summary>Returns the same notebook with other cells.</summary>
    public NotebookFile WithCells(IEnumerable<NotebookCell> cells) => new(_json, [.. cells]);

    /// <summary>Returns the same notebook, in which cells tagged <c>measured</c> show what they showed in a stored one.</summary>
    /// <remarks>Times differ from run to run; a stored notebook would change with every one, and its prose would quote other figures.</remarks>
    /// <param name="stored">Where to take outputs from: of the cell with the same identifier and text, if it has any.</param>
    public NotebookFile KeepMeasured(NotebookFile stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ILookup<string, NotebookCell> known = stored.Cells.Where(cell => cell.Outputs.Count > 0).ToLookup(cell => cell.Id, StringComparer.Ordinal);
        return WithCells(Cells.Select(cell =>
            cell.Tags.Contains("measured", StringComparer.Ordinal) && known[cell.Id].FirstOrDefault() is { } before && before.Source == cell.Source
                ? cell.WithOutputs(before.Outputs)
                : cell));
    }

    /// <summary>Returns the file's text: one-space indent, <c>\n</c>, a final line end. Equal notebooks give equal text.</summary>
    public string ToJson()
    {
        var json = new JsonObject();
        foreach ((string key, JsonNode? value) in _json)
        {
            json[key] = key == "cells" ? new JsonArray([.. Cells.Select(cell => cell.Write())]) : value?.DeepClone();
        }

        // The serializer escapes what lies outside the basic plane; Jupyter does not, and nobody can read an escaped emoji.
        return SurrogateEscapes().Replace(json.ToJsonString(s_layout), pair => $"{pair.Groups[1]}{Unescaped(pair.Groups[2])}{Unescaped(pair.Groups[3])}") + "\n";
    }

    /// <summary>Writes the file whole or not at all: to a neighbour first, which then takes its name.</summary>
    /// <exception cref="IOException">The folder cannot be written or the disk is full; what was there before is still there.</exception>
    public void Save(string path) => WriteBeside(path, temporary =>
    {
        File.WriteAllText(temporary, ToJson());
        File.Move(temporary, path, overwrite: true);
    });

    /// <summary>Checks, before work that takes long, that <see cref="Save"/> will find a folder it can write to.</summary>
    /// <exception cref="IOException">It will not.</exception>
    public static void CheckWritable(string path) => WriteBeside(path, temporary => File.WriteAllText(temporary, string.Empty));

    private static void WriteBeside(string path, Action<string> write)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            try
            {
                write(temporary);
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: cannot be written ({e.Message.TrimEnd('.')}). Name another place, or free some space.", e);
        }
    }

    private static NotebookFile FromJson(JsonObject json, string path)
    {
        if (json["cells"] is not JsonArray cells || json["nbformat"] is not JsonValue major || !major.TryGetValue(out int format))
        {
            throw json.ContainsKey("worksheets")
                ? new NotebookFormatException(path, "is a notebook of format 3; open it in Jupyter and save it, which brings it to format 4.")
                : new NotebookFormatException(path, "the file is JSON but not a notebook: it has no 'nbformat' number or no 'cells'.");
        }

        if (format != Major)
        {
            throw new NotebookFormatException(path, $"is a notebook of format {format}; format {Major} is read. Open it in Jupyter and save it.");
        }

        json["nbformat_minor"] = Math.Max(Minor, (int?)json["nbformat_minor"] ?? 0);
        json["metadata"] ??= new JsonObject();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var read = new List<NotebookCell>(cells.Count);
        for (int i = 0; i < cells.Count; i++)
        {
            if (cells[i] is not JsonObject cell)
            {
                throw new FormatException($"cell {i + 1} is no JSON object");
            }

            try
            {
                read.Add(new NotebookCell(Completed(cell, i, ids)));
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException)
            {
                throw new FormatException($"cell {i + 1} holds {e.Message}", e);
            }
        }

        return new NotebookFile(json, read);
    }

    /// <summary>Gives a cell what format 4.5 demands: metadata, and an identifier no other cell has.</summary>
    private static JsonObject Completed(JsonObject cell, int index, HashSet<string> taken)
    {
        var complete = (JsonObject)cell.DeepClone();
        complete["metadata"] ??= new JsonObject();
        string? id = (string?)complete["id"];
        if (id is null || !IsValidId(id) || !taken.Add(id))
        {
            id = $"cell-{index + 1}";
            for (int attempt = 2; !taken.Add(id); attempt++)
            {
                id = $"cell-{index + 1}-{attempt}";
            }

            complete["id"] = id;
        }

        return complete;
    }

    private static bool IsValidId(string id) =>
        id.Length is >= 1 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static char Unescaped(Group hexadecimal) => (char)Convert.ToUInt16(hexadecimal.Value, 16);

    /// <summary>An escaped surrogate pair; a backslash that is itself escaped starts none.</summary>
    [GeneratedRegex(@"(?<!\\)((?:\\\\)*)\\u(D[89AB][0-9A-F]{2})\\u(D[C-F][0-9A-F]{2})", RegexOptions.IgnoreCase)]
    private static partial Regex SurrogateEscapes();

    private JsonObject? Metadata(string key) => (_json["metadata"] as JsonObject)?[key] as JsonObject;
}
