using System.Text.Json;

namespace MlOps.Kernel.Jupyter;

/// <summary>A line between an object in a cell and its counterpart in the front end, such as a slider.</summary>
/// <remarks>Handlers run between cells, on the cells' thread; what they show belongs to the message that called them.</remarks>
public sealed class Comm
{
    private readonly CommRegistry _registry;

    internal Comm(CommRegistry registry, string id, string target) => (_registry, Id, Target) = (registry, id, target);

    /// <summary>Raised for each message of the front end, with its data.</summary>
    public event Action<JsonElement>? Received;

    /// <summary>Raised when the front end has closed the line.</summary>
    public event Action? Closed;

    /// <summary>Gets what names the line in every message.</summary>
    public string Id { get; }

    /// <summary>Gets the name of what answers on the other side.</summary>
    public string Target { get; }

    /// <summary>Sends data to the front end.</summary>
    /// <param name="data">Anything that can be serialised to JSON; an object by custom.</param>
    public void Send(object? data) => _registry.Publish("comm_msg", this, data);

    /// <summary>Closes the line. Nothing can be sent any more.</summary>
    public void Close() => _registry.Close(this);

    internal void Raise(JsonElement data) => Received?.Invoke(data);

    internal void RaiseClosed() => Closed?.Invoke();
}
