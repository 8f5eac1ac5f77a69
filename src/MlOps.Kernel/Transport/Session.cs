using System.Text;

namespace MlOps.Kernel.Transport;

/// <summary>Our side's view of one ZMTP 3 connection: bytes go in, what they mean comes out.</summary>
/// <remarks>
/// Pure: it neither reads nor writes a socket. A peer sends its greeting, then READY, then messages and commands. A command may come
/// between two frames of a message, because libzmq's timer sends PING there. Not thread-safe. Of no use after an exception.
/// </remarks>
internal sealed class Session(SocketRole role, TransportLimits limits)
{
    private const int MaxIdentityBytes = 255;
    private const byte SubscribeMark = 1;
    private const byte CancelMark = 0;

    private readonly Greeting _greeting = new();
    private readonly FrameReader _frames = new();
    private readonly bool _takesSubscriptions = role == SocketRole.Publisher;
    private List<ReadOnlyMemory<byte>> _message = [];
    private long _messageBytes;
    private bool _greeted;

    /// <summary>Gets a value indicating whether the handshake is over.</summary>
    internal bool IsReady { get; private set; }

    /// <summary>Takes bytes off the input up to the next event.</summary>
    /// <param name="input">What has arrived; on return, what is left of it.</param>
    /// <returns>The event; null if the input is used up before there is one.</returns>
    /// <exception cref="ProtocolException">The peer broke the protocol or a limit.</exception>
    internal SessionEvent? Read(ref ReadOnlySpan<byte> input)
    {
        if (!_greeted)
        {
            _greeted = _greeting.TryRead(ref input);
            return _greeted ? new Greeted() : null;
        }

        while (_frames.TryRead(ref input, Room, out Frame frame))
        {
            if ((frame.IsCommand ? UnderstandCommand(frame.Body) : UnderstandPart(frame)) is { } understood)
            {
                return understood;
            }
        }

        return null;
    }

    /// <summary>Gets what a frame may take. Who may only subscribe, or has yet to say READY, needs no more than a command.</summary>
    private long Room => IsReady && !_takesSubscriptions
        ? Math.Min(limits.MaxFrameBytes, limits.MaxMessageBytes - _messageBytes)
        : FrameReader.MaxCommandBytes;

    private SessionEvent? UnderstandCommand(ReadOnlyMemory<byte> body)
    {
        CommandBody command = CommandBody.Parse(body);
        if (!IsReady)
        {
            return command.Is("READY")
                ? UnderstandReady(command.Properties())
                : throw new ProtocolException($"The peer sent the command {command.Name} instead of READY.");
        }

        if (_takesSubscriptions && command.Is("SUBSCRIBE"))
        {
            return new SubscriptionChanged(command.Data, IsAdded: true);
        }

        if (_takesSubscriptions && command.Is("CANCEL"))
        {
            return new SubscriptionChanged(command.Data, IsAdded: false);
        }

        return command.Is("PING") ? new PingArrived(command.PingContext()) : null; // later versions may say what we need not know
    }

    private PeerReady UnderstandReady(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> properties)
    {
        string type = properties.TryGetValue("Socket-Type", out ReadOnlyMemory<byte> named) ? Encoding.Latin1.GetString(named.Span) : "(none)";
        if (!role.Peers.Contains(type))
        {
            throw new ProtocolException($"A {type} socket cannot talk to {role.Name}; {string.Join(", ", role.Peers)} can.");
        }

        properties.TryGetValue("Identity", out ReadOnlyMemory<byte> identity);
        if (identity.Length > MaxIdentityBytes)
        {
            throw new ProtocolException($"The identity has {identity.Length} bytes; at most {MaxIdentityBytes} are allowed.");
        }

        IsReady = true;
        return new PeerReady(identity);
    }

    private SessionEvent? UnderstandPart(Frame frame)
    {
        if (!IsReady)
        {
            throw new ProtocolException("The peer sent a message before READY.");
        }

        _message.Add(frame.Body);
        _messageBytes += frame.Body.Length;
        if (frame.HasMore)
        {
            return _message.Count < limits.MaxFrames
                ? null
                : throw new ProtocolException($"A message has more than {limits.MaxFrames} frames.");
        }

        var arrived = new MessageArrived(_message, _messageBytes);
        (_message, _messageBytes) = ([], 0);
        return _takesSubscriptions ? AsSubscription(arrived) : arrived;
    }

    /// <summary>Before ZMTP 3.1 subscriptions were messages: one frame, a mark and the topic. A publisher has no use for others.</summary>
    private static SubscriptionChanged? AsSubscription(MessageArrived message)
    {
        ReadOnlyMemory<byte> body = message.Frames[0];
        return message.Frames.Count == 1 && !body.IsEmpty && body.Span[0] is SubscribeMark or CancelMark
            ? new SubscriptionChanged(body[1..], body.Span[0] == SubscribeMark)
            : null;
    }
}
