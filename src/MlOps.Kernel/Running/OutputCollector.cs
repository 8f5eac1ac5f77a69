using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Running;

/// <summary>Folds what the cells of a notebook send into the outputs to store: neighbouring text joined, updates applied, clears obeyed.</summary>
internal sealed class OutputCollector(int cells)
{
    private readonly List<object>[] _outputs = [.. Enumerable.Range(0, cells).Select(_ => new List<object>())];
    private readonly Dictionary<string, (int Cell, int Index)> _displays = new(StringComparer.Ordinal);
    private bool _clearPending;

    internal void Begin(int cell)
    {
        _clearPending = false;
        Clear(cell);
    }

    internal void Add(int cell, WorkerMessage message)
    {
        List<object> outputs = _outputs[cell];
        if (message is Cleared { Wait: true })
        {
            _clearPending = true;
            return;
        }

        if (message is Cleared || (_clearPending && message is Written or Shown { IsUpdate: false } or Raised))
        {
            Clear(cell);
            _clearPending = false;
        }

        switch (message)
        {
            case Written written when outputs.LastOrDefault() is StreamText last && last.Name == written.Stream:
                last.Text.Append(written.Text);
                break;
            case Written written:
                outputs.Add(new StreamText(written.Stream, new StringBuilder(written.Text)));
                break;
            case Shown { IsUpdate: true, DisplayId: { } id } shown when _displays.TryGetValue(id, out (int Cell, int Index) place):
                _outputs[place.Cell][place.Index] = Stored(shown);
                break;
            case Shown shown:
                if (shown.DisplayId is not null)
                {
                    _displays[shown.DisplayId] = (cell, outputs.Count);
                }

                outputs.Add(Stored(shown));
                break;
            case Raised raised:
                outputs.Add(new StoredError(raised.Name, raised.Message, raised.Traceback));
                break;
        }
    }

    internal IEnumerable<NotebookOutput> Outputs(int cell) =>
        _outputs[cell].Select(output => output is StreamText text ? new StoredStream(text.Name, text.Text.ToString()) : (NotebookOutput)output);

    private void Clear(int cell)
    {
        _outputs[cell].Clear();
        foreach (string id in _displays.Where(display => display.Value.Cell == cell).Select(display => display.Key).ToArray())
        {
            _displays.Remove(id);
        }
    }

    private static StoredDisplay Stored(Shown shown)
    {
        var data = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach ((string mime, string value) in shown.Bundle)
        {
            data[mime] = StoredDisplay.IsJson(mime) ? ParseOrText(value) : JsonValue.Create(value);
        }

        return new StoredDisplay(data, shown.IsResult);
    }

    /// <summary>A cell may claim that any text is JSON; what is not stays a JSON string, and the notebook stays valid.</summary>
    private static JsonNode ParseOrText(string value)
    {
        try
        {
            return JsonNode.Parse(value) ?? JsonValue.Create(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }

    private sealed record StreamText(string Name, StringBuilder Text);
}
