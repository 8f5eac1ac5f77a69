using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Jupyter;

/// <summary>The open lines between cells and front end, and the names on which the front end may open one. Thread-safe.</summary>
internal sealed class CommRegistry(IoPub iopub, CellExecutor executor)
{
    private static readonly ConditionalWeakTable<NotebookEngine, CommRegistry> s_ofEngine = [];

    private readonly ConcurrentDictionary<string, Action<Comm, JsonElement>> _targets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Comm> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, Action> _due = new();
    private long _numbers;

    internal static CommRegistry? Of(NotebookEngine engine) => s_ofEngine.TryGetValue(engine, out CommRegistry? registry) ? registry : null;

    internal void Serve(NotebookEngine engine) => s_ofEngine.Add(engine, this);

    internal void Register(string target, Action<Comm, JsonElement> opened) => _targets[target] = opened;

    internal Comm Open(string target, object? data)
    {
        var comm = new Comm(this, Guid.NewGuid().ToString("N"), target);
        _open[comm.Id] = comm;
        Publish("comm_open", comm, data);
        return comm;
    }

    internal void Close(Comm comm)
    {
        if (_open.TryRemove(comm.Id, out _))
        {
            Publish("comm_close", comm, null);
        }
    }

    internal void Publish(string type, Comm comm, object? data)
    {
        if (type == "comm_msg" && !_open.ContainsKey(comm.Id))
        {
            throw new InvalidOperationException($"The line '{comm.Target}' is closed; nothing can be sent any more.");
        }

        string json = JsonSerializer.Serialize(data ?? new { });
        iopub.Publish(type, executor.RunningHeader, content =>
        {
            content.WriteString("comm_id", comm.Id);
            if (type == "comm_open")
            {
                content.WriteString("target_name", comm.Target);
            }

            content.WritePropertyName("data");
            content.WriteRawValue(json);
        });
    }

    internal void Deliver(long number)
    {
        if (_due.TryRemove(number, out Action? handler))
        {
            handler();
        }
    }

    /// <summary>What a message of the front end calls for; null if nothing. Returns the C# that does it, so that it runs as a cell does: it can show, fail, be stopped.</summary>
    internal string? Accept(JupyterMessage message)
    {
        string id = message.Text("comm_id");
        JsonElement data = message.Content.TryGetProperty("data", out JsonElement value) ? value : default;
        switch (message.Type)
        {
            case "comm_open" when _targets.TryGetValue(message.Text("target_name"), out Action<Comm, JsonElement>? opened):
                Comm comm = _open[id] = new Comm(this, id, message.Text("target_name"));
                return Later(() => opened(comm, data));
            case "comm_open":
                iopub.Publish("comm_close", message.Header, content =>
                {
                    content.WriteString("comm_id", id);
                    content.WriteStartObject("data");
                    content.WriteEndObject();
                });
                return null;
            case "comm_msg" when _open.TryGetValue(id, out Comm? known):
                return Later(() => known.Raise(data));
            case "comm_close" when _open.TryRemove(id, out Comm? closed):
                return Later(closed.RaiseClosed);
            default:
                return null; // of a line that this kernel does not know: it was opened before a restart
        }
    }

    internal void WriteInfo(Utf8JsonWriter json, JupyterMessage request)
    {
        string target = request.Text("target_name");
        json.WriteString("status", "ok");
        json.WriteStartObject("comms");
        foreach (Comm comm in _open.Values.Where(comm => target.Length == 0 || comm.Target == target))
        {
            json.WriteStartObject(comm.Id);
            json.WriteString("target_name", comm.Target);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private string Later(Action handler)
    {
        long number = Interlocked.Increment(ref _numbers);
        _due[number] = handler;
        return FormattableString.Invariant($"global::{typeof(Comms).FullName}.{nameof(Comms.Deliver)}({number});");
    }
}
