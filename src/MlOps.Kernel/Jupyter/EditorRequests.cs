using System.Text.Json;
using MlOps.Kernel.Editing;

namespace MlOps.Kernel.Jupyter;

/// <summary>Answers what editors ask while somebody types: completion, documentation, whether a text is complete.</summary>
internal sealed class EditorRequests(Task<CodeEditor> editor)
{
    // VS Code counts UTF-16 units where the protocol says code points; its cells tell who it is.
    private const string CodeCellPrefix = "vscode-notebook-cell";

    private readonly HashSet<string> _utf16Sessions = new(StringComparer.Ordinal);

    /// <summary>Makes the first real answer fast, in the background.</summary>
    internal void Warm() => Editor.Warm();

    /// <summary>Gets a value indicating whether somebody types on the other side, as far as the requests have told.</summary>
    internal bool HasEditor { get; private set; }

    private CodeEditor Editor => editor.GetAwaiter().GetResult();

    /// <summary>Looks at a request for signs that its sender is an editor, and how it counts characters.</summary>
    internal void Notice(JupyterMessage message)
    {
        // Programs that only run notebooks ask none of this; they are spared the time and the memory.
        if (message.Type is "comm_info_request" or "history_request" or "complete_request" or "inspect_request" or "is_complete_request")
        {
            HasEditor = true;
        }

        if (JsonText.Of(message.Metadata, "cellId")?.StartsWith(CodeCellPrefix, StringComparison.Ordinal) == true)
        {
            HasEditor = true;
            lock (_utf16Sessions)
            {
                _utf16Sessions.Add(message.Session);
            }
        }
    }

    internal void Complete(Utf8JsonWriter json, JupyterMessage request)
    {
        string code = request.Text("code");
        Completions found = Editor.Complete(code, Position(request, code), CancellationToken.None);
        int start = Offset(request, code, found.Start);
        int end = Offset(request, code, found.End);
        json.WriteString("status", "ok");
        json.WriteStartArray("matches");
        foreach (CompletionEntry entry in found.Entries)
        {
            json.WriteStringValue(entry.Text);
        }

        json.WriteEndArray();
        json.WriteNumber("cursor_start", start);
        json.WriteNumber("cursor_end", end);
        json.WriteStartObject("metadata");
        json.WriteStartArray("_jupyter_types_experimental");
        foreach (CompletionEntry entry in found.Entries)
        {
            json.WriteStartObject();
            json.WriteString("text", entry.Text);
            json.WriteString("type", entry.Kind);
            json.WriteString("signature", entry.Signature);
            json.WriteNumber("start", start);
            json.WriteNumber("end", end);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal void Inspect(Utf8JsonWriter json, JupyterMessage request)
    {
        string code = request.Text("code");
        Inspection? found = Editor.Inspect(code, Position(request, code), request.Number("detail_level", 0), CancellationToken.None);
        json.WriteString("status", "ok");
        json.WriteBoolean("found", found is not null);
        json.WriteStartObject("data");
        if (found is not null)
        {
            json.WriteString("text/plain", found.Plain);
            json.WriteString("text/markdown", found.Markdown);
        }

        json.WriteEndObject();
        json.WriteStartObject("metadata");
        json.WriteEndObject();
    }

    internal void IsComplete(Utf8JsonWriter json, JupyterMessage request)
    {
        Completeness found = Editor.Check(request.Text("code"));
        json.WriteString("status", found.Status switch
        {
            CompletenessStatus.Complete => "complete",
            CompletenessStatus.Incomplete => "incomplete",
            CompletenessStatus.Invalid => "invalid",
            _ => "unknown",
        });
        if (found.Status == CompletenessStatus.Incomplete)
        {
            json.WriteString("indent", found.Indent);
        }
    }

    private int Position(JupyterMessage request, string code)
    {
        int position = request.Number("cursor_pos", int.MaxValue);
        return CountsUtf16(request) ? Math.Clamp(position, 0, code.Length) : Utf16.FromCodePoints(code, position);
    }

    private int Offset(JupyterMessage request, string code, int index) => CountsUtf16(request) ? index : Utf16.ToCodePoints(code, index);

    private bool CountsUtf16(JupyterMessage request)
    {
        lock (_utf16Sessions)
        {
            return _utf16Sessions.Contains(request.Session);
        }
    }
}
