using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Kernel.Jupyter;

/// <summary>Makes the kernel's messages: header, parent, content, signature. Thread-safe.</summary>
internal sealed class MessageWriter(MessageSigner signer)
{
    internal const string ProtocolVersion = "5.4";

    private static readonly byte[] s_none = "{}"u8.ToArray();
    private static readonly byte[] s_delimiter = JupyterMessage.Delimiter.ToArray();

    // Text goes out as it is: notebooks are UTF-8, and a chart escaped character by character is several times as long.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _user = Environment.UserName;
    private long _count;

    /// <summary>Gets the name of this kernel's session, new with every start.</summary>
    internal string Session { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Makes the frames of a message, delimiter first.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="parent">The header of the request it belongs to; null if there is none.</param>
    /// <param name="content">Writes the properties of the content.</param>
    /// <param name="id">The id that the message got.</param>
    internal ReadOnlyMemory<byte>[] Write(string type, ReadOnlyMemory<byte>? parent, Action<Utf8JsonWriter> content, out string id)
    {
        string ownId = id = string.Create(CultureInfo.InvariantCulture, $"{Session}_{Interlocked.Increment(ref _count)}");
        ReadOnlyMemory<byte> header = Object(json =>
        {
            json.WriteString("msg_id", ownId);
            json.WriteString("msg_type", type);
            json.WriteString("session", Session);
            json.WriteString("username", _user);
            json.WriteString("date", DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
            json.WriteString("version", ProtocolVersion);
        });
        ReadOnlyMemory<byte> body = Object(content);
        ReadOnlyMemory<byte> to = parent ?? s_none;
        return [s_delimiter, signer.Sign(header, to, s_none, body), header, to, s_none, body];
    }

    private static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
