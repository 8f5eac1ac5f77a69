using System.Text;
using System.Text.Json;
using MlOps.Kernel.Transport;

namespace MlOps.Kernel.Jupyter;

/// <summary>The channel on which every front end sees what the kernel does. Thread-safe.</summary>
internal sealed class IoPub(PublisherSocket socket, MessageWriter writer)
{
    /// <summary>Sends a message to all subscribers.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="parent">The header of the request that it belongs to; null if there is none.</param>
    /// <param name="content">Writes the properties of the content.</param>
    internal void Publish(string type, ReadOnlyMemory<byte>? parent, Action<Utf8JsonWriter> content) =>
        socket.Publish([Encoding.UTF8.GetBytes($"kernel.{writer.Session}.{type}"), .. writer.Write(type, parent, content, out _)]);

    /// <summary>Tells what the kernel does for a request: <c>busy</c> at its start, <c>idle</c> at its end.</summary>
    internal void Status(string state, ReadOnlyMemory<byte> parent) => Publish("status", parent, json => json.WriteString("execution_state", state));

    /// <summary>What a new subscriber gets at once, so that it need not guess whether its subscription has arrived. Its topic is the one subscribed to.</summary>
    internal static IReadOnlyList<ReadOnlyMemory<byte>> Welcome(MessageWriter writer, ReadOnlyMemory<byte> topic) =>
        [topic, .. writer.Write("iopub_welcome", null, json => json.WriteString("subscription", Encoding.UTF8.GetString(topic.Span)), out _)];
}
