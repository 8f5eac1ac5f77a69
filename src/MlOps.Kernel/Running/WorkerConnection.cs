using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MlOps.Kernel.Running;

/// <summary>One end of the local socket between runner and worker: messages in, messages out.</summary>
internal sealed class WorkerConnection : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    internal WorkerConnection(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream, Encoding.UTF8);
        _writer = new StreamWriter(_stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
    }

    internal void Send(WorkerMessage message)
    {
        lock (_writer) // outputs come from any thread of a cell
        {
            _writer.WriteLine(JsonSerializer.Serialize(message, WorkerJson.Default.WorkerMessage));
            _writer.Flush();
        }
    }

    /// <summary>Waits for the next message; null when the other end is gone.</summary>
    internal async Task<WorkerMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            string? line = await _reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            return line is null ? null : JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerMessage);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null; // a process that dies may leave half a line, or reset the connection: gone either way
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }
}
