using System.Text.Json;
using MlOps.Kernel.Transport;

namespace MlOps.Kernel.Jupyter;

/// <summary>A channel on which front ends ask: reads it on a thread of its own and sends the answers.</summary>
internal sealed class RequestChannel(string name, RouterSocket socket, MessageSigner signer, MessageWriter writer)
{
    /// <summary>Hands every message that is in order to the handler, one after the other, until the socket is closed. Others are dropped, with a note.</summary>
    internal void Listen(Action<JupyterMessage> handle)
    {
        new Thread(() =>
        {
            while (socket.Receive(CancellationToken.None) is { } routed)
            {
                if (Read(routed) is { } message)
                {
                    handle(message);
                }
            }
        })
        {
            IsBackground = true,
            Name = name,
        }.UnsafeStart();
    }

    /// <summary>Answers a request.</summary>
    internal void Reply(JupyterMessage request, string type, Action<Utf8JsonWriter> content) => Send(request, type, content, out _);

    /// <summary>Sends a message to who sent the request, such as a question to its user.</summary>
    internal void Send(JupyterMessage request, string type, Action<Utf8JsonWriter> content, out string id) =>
        socket.Send(request.Identity, [.. request.Route, .. writer.Write(type, request.Header, content, out id)]);

    private JupyterMessage? Read(RoutedMessage routed)
    {
        try
        {
            return JupyterMessage.Read(routed, signer);
        }
        catch (FormatException exception)
        {
            KernelLog.Write($"dropped a message on the {name} channel: {exception.Message}");
            return null;
        }
    }
}
