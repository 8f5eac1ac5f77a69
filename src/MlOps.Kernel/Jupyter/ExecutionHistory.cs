using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlOps.Kernel.Jupyter;

/// <summary>What has been run in this session, for consoles that bring back earlier lines. Thread-safe.</summary>
internal sealed class ExecutionHistory
{
    private const int Session = 1; // a kernel knows its own session only; every restart begins a new one
    private const int DefaultTail = 100;

    private readonly List<Entry> _entries = [];

    internal void Add(int line, string input, string? output)
    {
        lock (_entries)
        {
            _entries.Add(new Entry(line, input, output));
        }
    }

    /// <summary>Answers a <c>history_request</c>: the newest entries, a range of lines, or those that match a pattern.</summary>
    internal void WriteReply(Utf8JsonWriter json, JupyterMessage request)
    {
        bool withOutput = request.Flag("output", false);
        json.WriteString("status", "ok");
        json.WriteStartArray("history");
        foreach (Entry entry in Find(request))
        {
            json.WriteStartArray();
            json.WriteNumberValue(Session);
            json.WriteNumberValue(entry.Line);
            if (withOutput)
            {
                json.WriteStartArray();
                json.WriteStringValue(Utf16.Valid(entry.Input));
                json.WriteStringValue(entry.Output is null ? null : Utf16.Valid(entry.Output));
                json.WriteEndArray();
            }
            else
            {
                json.WriteStringValue(Utf16.Valid(entry.Input));
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private Entry[] Find(JupyterMessage request)
    {
        Entry[] all;
        lock (_entries)
        {
            all = [.. _entries];
        }

        return request.Text("hist_access_type", "tail") switch
        {
            "range" => [.. Range(all, request)],
            "search" => [.. Last(Search(all, request), request.Number("n", int.MaxValue))],
            _ => [.. Last(all, request.Number("n", DefaultTail))],
        };
    }

    /// <summary>Lines from start up to, not including, stop; session 0 is the current one, −1 and others were before it.</summary>
    private static IEnumerable<Entry> Range(Entry[] all, JupyterMessage request)
    {
        int start = request.Number("start", 1);
        int stop = request.Number("stop", int.MaxValue);
        return request.Number("session", 0) is 0 or Session ? all.Where(entry => entry.Line >= start && entry.Line < stop) : [];
    }

    private static IEnumerable<Entry> Search(Entry[] all, JupyterMessage request)
    {
        string glob = Regex.Escape(request.Text("pattern", "*")).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal);
        var pattern = new Regex($"^{glob}$", RegexOptions.Singleline | RegexOptions.NonBacktracking);
        IEnumerable<Entry> found = all.Where(entry => pattern.IsMatch(entry.Input));
        return request.Flag("unique", false) ? found.Reverse().DistinctBy(entry => entry.Input).Reverse() : found;
    }

    private static IEnumerable<Entry> Last(IEnumerable<Entry> entries, int count) => entries.TakeLast(Math.Max(count, 0));

    private sealed record Entry(int Line, string Input, string? Output);
}
