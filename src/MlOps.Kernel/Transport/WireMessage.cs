using System.Buffers.Binary;

namespace MlOps.Kernel.Transport;

/// <summary>Bytes ready for the wire: one message, one command, or a greeting. Immutable, so that many peers may share it.</summary>
/// <remarks>Small frames and all headers lie in one buffer, so that they leave in one call. Large bodies are not copied.</remarks>
internal sealed class WireMessage
{
    private const int LargeBody = 32 * 1024;
    private const int MaxShortBody = 255;
    private const byte More = 1;
    private const byte Long = 2;
    private const byte Command = 4;

    internal WireMessage(params IReadOnlyList<ReadOnlyMemory<byte>> segments)
    {
        Segments = segments;
        Length = segments.Sum(segment => (long)segment.Length);
    }

    /// <summary>Gets the bytes, in order.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Segments { get; }

    /// <summary>Gets how many bytes there are.</summary>
    internal long Length { get; }

    /// <summary>Encodes a message.</summary>
    /// <param name="frames">At least one frame. Large ones are kept, not copied: they must not change any more.</param>
    /// <exception cref="ArgumentException">There is no frame.</exception>
    internal static WireMessage Of(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        if (frames.Count == 0)
        {
            throw new ArgumentException("A message needs at least one frame; got none.", nameof(frames));
        }

        byte[] buffer = new byte[frames.Sum(frame => HeaderLength(frame.Length) + (frame.Length < LargeBody ? frame.Length : 0))];
        var segments = new List<ReadOnlyMemory<byte>>(1);
        int start = 0;
        int end = 0;
        for (int i = 0; i < frames.Count; i++)
        {
            ReadOnlyMemory<byte> frame = frames[i];
            end += WriteHeader(buffer.AsSpan(end), i + 1 < frames.Count ? More : (byte)0, frame.Length);
            if (frame.Length < LargeBody)
            {
                frame.Span.CopyTo(buffer.AsSpan(end));
                end += frame.Length;
            }
            else
            {
                segments.Add(buffer.AsMemory(start, end - start));
                segments.Add(frame);
                start = end;
            }
        }

        if (start < end)
        {
            segments.Add(buffer.AsMemory(start, end - start));
        }

        return new WireMessage(segments);
    }

    /// <summary>READY, which ends the handshake: says what kind of socket this is.</summary>
    internal static WireMessage Ready(SocketRole role) =>
        OfCommand([5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, (byte)role.Name.Length, .. role.Name.Select(letter => (byte)letter)]);

    /// <summary>PONG, the answer to a PING.</summary>
    internal static WireMessage Pong(ReadOnlyMemory<byte> context) => OfCommand([4, .. "PONG"u8, .. context.Span]);

    private static WireMessage OfCommand(byte[] body)
    {
        byte[] bytes = new byte[HeaderLength(body.Length) + body.Length];
        body.CopyTo(bytes, WriteHeader(bytes, Command, body.Length));
        return new WireMessage(bytes);
    }

    private static int HeaderLength(int bodyLength) => bodyLength <= MaxShortBody ? 2 : 9;

    private static int WriteHeader(Span<byte> target, byte flags, int bodyLength)
    {
        int length = HeaderLength(bodyLength);
        if (bodyLength <= MaxShortBody)
        {
            (target[0], target[1]) = (flags, (byte)bodyLength);
        }
        else
        {
            target[0] = (byte)(flags | Long);
            BinaryPrimitives.WriteInt64BigEndian(target[1..], bodyLength);
        }

        return length;
    }
}
