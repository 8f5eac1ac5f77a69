using System.Buffers.Binary;
using System.Text;

namespace MlOps.Kernel.Transport;

/// <summary>A command taken apart: its name, and what follows.</summary>
/// <remarks>Layout: length of the name (1 byte), name, data. Names and property names do not distinguish case.</remarks>
internal readonly record struct CommandBody(string Name, ReadOnlyMemory<byte> Data)
{
    private const int PingTtlBytes = 2;
    private const int MaxPingContextBytes = 16;

    /// <summary>Reads the name.</summary>
    /// <exception cref="ProtocolException">The body is empty, or the name is, or is longer than the body.</exception>
    internal static CommandBody Parse(ReadOnlyMemory<byte> body)
    {
        int length = body.IsEmpty ? 0 : body.Span[0];
        if (length == 0 || length > body.Length - 1)
        {
            throw new ProtocolException($"A command of {body.Length} bytes has no room for a name of {length}.");
        }

        return new CommandBody(Encoding.Latin1.GetString(body.Span.Slice(1, length)), body[(1 + length)..]);
    }

    internal bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the data of READY: name length (1 byte), name, value length (4 bytes, big-endian), value, and so on.</summary>
    /// <exception cref="ProtocolException">A property is cut short, unnamed or given twice.</exception>
    internal IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Properties()
    {
        var properties = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.OrdinalIgnoreCase);
        ReadOnlyMemory<byte> rest = Data;
        while (!rest.IsEmpty)
        {
            string name = Encoding.Latin1.GetString(Take(ref rest, Take(ref rest, 1).Span[0]).Span);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(Take(ref rest, sizeof(uint)).Span);
            if (name.Length == 0 || !properties.TryAdd(name, Take(ref rest, length)))
            {
                throw new ProtocolException($"READY has no name for a property, or \"{name}\" twice.");
            }
        }

        return properties;
    }

    /// <summary>Reads the data of PING: time to live (2 bytes), context (up to 16).</summary>
    /// <exception cref="ProtocolException">The data is shorter or longer than that.</exception>
    internal ReadOnlyMemory<byte> PingContext() =>
        Data.Length is >= PingTtlBytes and <= PingTtlBytes + MaxPingContextBytes
            ? Data[PingTtlBytes..]
            : throw new ProtocolException($"PING has {Data.Length} bytes of data; it needs 2 to 18.");

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, uint length)
    {
        if (length > rest.Length)
        {
            throw new ProtocolException($"READY is cut short: {length} bytes were announced, {rest.Length} are left.");
        }

        ReadOnlyMemory<byte> taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }
}
