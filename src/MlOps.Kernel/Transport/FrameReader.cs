using System.Buffers.Binary;

namespace MlOps.Kernel.Transport;

/// <summary>Cuts a stream of bytes into ZMTP frames. Fed with whatever has arrived; does no input or output itself.</summary>
/// <remarks>
/// Header: flags (bit 0 MORE, bit 1 LONG, bit 2 COMMAND, the others 0), then the size in 1 byte or, if LONG, in 8 bytes, big-endian.
/// A size is only a claim: the buffer grows with the bytes that really come. Not thread-safe.
/// </remarks>
internal sealed class FrameReader
{
    /// <summary>The most bytes of a command. READY and SUBSCRIBE are far smaller.</summary>
    internal const int MaxCommandBytes = 64 * 1024;

    private const byte More = 1;
    private const byte Long = 2;
    private const byte Command = 4;
    private const int FirstBuffer = 64 * 1024;

    private readonly byte[] _header = new byte[9];
    private int _headerRead;
    private byte[] _body = [];
    private int _bodyRead;
    private int _bodyLength;

    /// <summary>Takes bytes off the input up to the end of one frame.</summary>
    /// <param name="input">What has arrived; on return, what is left of it.</param>
    /// <param name="room">The most bytes the body of a message frame may have now.</param>
    /// <param name="frame">The frame, if it is complete.</param>
    /// <returns>Whether a frame is complete; if not, the input is used up.</returns>
    /// <exception cref="ProtocolException">The header is not one of ZMTP, or claims more than allowed.</exception>
    internal bool TryRead(ref ReadOnlySpan<byte> input, long room, out Frame frame)
    {
        frame = default;
        if (!TryReadHeader(ref input, room))
        {
            return false;
        }

        int taken = Math.Min(_bodyLength - _bodyRead, input.Length);
        Reserve(_bodyRead + taken);
        input[..taken].CopyTo(_body.AsSpan(_bodyRead));
        input = input[taken..];
        _bodyRead += taken;
        if (_bodyRead < _bodyLength)
        {
            return false;
        }

        frame = new Frame(_body.AsMemory(0, _bodyLength), (_header[0] & Command) != 0, (_header[0] & More) != 0);
        (_headerRead, _body, _bodyRead) = (0, [], 0);
        return true;
    }

    private bool TryReadHeader(ref ReadOnlySpan<byte> input, long room)
    {
        while (_headerRead == 0 || _headerRead < HeaderLength)
        {
            if (input.IsEmpty)
            {
                return false;
            }

            _header[_headerRead++] = input[0];
            input = input[1..];
            if (_headerRead == 1)
            {
                CheckFlags(_header[0]);
            }

            if (_headerRead == HeaderLength)
            {
                _bodyLength = CheckLength(room);
            }
        }

        return true;
    }

    private int HeaderLength => (_header[0] & Long) != 0 ? 9 : 2;

    private static void CheckFlags(byte flags)
    {
        if ((flags & ~(More | Long | Command)) != 0)
        {
            throw new ProtocolException($"A frame has flags 0x{flags:X2}; bits 3 to 7 are reserved.");
        }

        if ((flags & Command) != 0 && (flags & More) != 0)
        {
            throw new ProtocolException("A command says that more frames follow; a command is one frame.");
        }
    }

    private int CheckLength(long room)
    {
        ulong claimed = (_header[0] & Long) != 0 ? BinaryPrimitives.ReadUInt64BigEndian(_header.AsSpan(1)) : _header[1];
        long most = Math.Min((_header[0] & Command) != 0 ? MaxCommandBytes : room, Array.MaxLength);
        return claimed <= (ulong)most
            ? (int)claimed
            : throw new ProtocolException($"A frame claims {claimed} bytes; at most {most} are allowed here.");
    }

    private void Reserve(int needed)
    {
        if (needed > _body.Length)
        {
            int doubled = (int)Math.Min(Math.Max(FirstBuffer, 2L * _body.Length), _bodyLength);
            byte[] larger = GC.AllocateUninitializedArray<byte>(Math.Max(doubled, needed));
            _body.AsSpan(0, _bodyRead).CopyTo(larger);
            _body = larger;
        }
    }
}
