using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MlOps.Kernel.Transport;

/// <summary>A bound ROUTER: receives from many peers and answers each by its identity. Thread-safe.</summary>
/// <remarks>
/// A peer without a name gets one. A peer that comes with the name of another takes its place and the old connection is closed, because a
/// front end that lost its connection comes back under the same name. Peers that break the protocol are disconnected.
/// <para>Not for threads that may be aborted, as those of cells: an abort in the middle of a call would leave a lock taken.</para>
/// </remarks>
internal sealed class RouterSocket : IDisposable, IConnectionOwner
{
    private readonly Listener _listener;
    private readonly Inbox _inbox;
    private readonly Lock _gate = new();
    private readonly Dictionary<ReadOnlyMemory<byte>, Peer> _byIdentity = new(ContentComparer.Instance);
    private readonly Dictionary<Connection, ReadOnlyMemory<byte>> _identities = [];

    private RouterSocket(string address, TransportLimits limits, Action<string>? log)
    {
        _inbox = new Inbox(limits);
        _listener = new Listener(address, SocketRole.Router, limits, this, log);
    }

    /// <summary>Gets the address with the real port.</summary>
    internal string Address => _listener.Address;

    /// <summary>Opens the socket and accepts peers from now on.</summary>
    /// <param name="address"><c>tcp://127.0.0.1:5555</c>, port 0 for any that is free; or <c>ipc://PATH</c>.</param>
    /// <param name="limits">What peers may do; null for the defaults.</param>
    /// <param name="log">Told why a connection was refused or closed. Called on threads of the socket; must not throw.</param>
    /// <exception cref="TransportException">The address cannot be read, is taken, or cannot be opened.</exception>
    internal static RouterSocket Bind(string address, TransportLimits? limits = null, Action<string>? log = null)
    {
        var socket = new RouterSocket(address, limits ?? TransportLimits.Default, log);
        socket._listener.Start();
        return socket;
    }

    /// <summary>Waits for the next message. Messages of one peer come in the order in which it sent them.</summary>
    /// <returns>The message; null once the socket is disposed.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    internal RoutedMessage? Receive(CancellationToken cancellationToken = default) => _inbox.Take(cancellationToken);

    /// <summary>Takes a message that has already arrived.</summary>
    internal bool TryReceive([NotNullWhen(true)] out RoutedMessage? message) => _inbox.TryTake(out message);

    /// <summary>Sends a message to one peer. Never waits for the network; does nothing if the peer is gone.</summary>
    /// <param name="identity">The identity that came with the peer's message.</param>
    /// <param name="frames">At least one frame. They must not change any more.</param>
    /// <exception cref="ArgumentException">There is no frame.</exception>
    internal void Send(ReadOnlyMemory<byte> identity, IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        WireMessage message = WireMessage.Of(frames);
        Find(identity)?.Connection.Send(message);
    }

    /// <summary>Waits until everything sent has been handed to the operating system. Call before Dispose, so that the last reply leaves.</summary>
    /// <returns>False if a peer did not take it within <paramref name="linger"/>.</returns>
    internal bool WaitUntilSent(TimeSpan linger) => _listener.WaitUntilSent(linger);

    public void Dispose()
    {
        _listener.Dispose();
        _inbox.Close();
    }

    void IConnectionOwner.Joined(Connection connection, ReadOnlyMemory<byte> identity)
    {
        lock (_gate)
        {
            bool isChosen = !identity.IsEmpty;
            identity = isChosen ? identity : Generate();
            if (_byIdentity.TryGetValue(identity, out Peer? old))
            {
                if (!old.HasChosen)
                {
                    throw new ProtocolException("The peer chose an identity that was generated for another.");
                }

                old.Connection.Close();
            }

            _byIdentity[identity] = new Peer(connection, isChosen);
            _identities[connection] = identity;
        }

        _inbox.Wake(); // the old connection may wait for room
    }

    void IConnectionOwner.Heard(Connection connection, SessionEvent what)
    {
        if (what is MessageArrived message)
        {
            ReadOnlyMemory<byte> identity;
            lock (_gate)
            {
                identity = _identities[connection];
            }

            _inbox.Add(connection, new RoutedMessage(identity, message.Frames), message.Bytes);
        }
    }

    void IConnectionOwner.Left(Connection connection)
    {
        lock (_gate)
        {
            if (_identities.Remove(connection, out ReadOnlyMemory<byte> identity)
                && _byIdentity.TryGetValue(identity, out Peer? peer)
                && peer.Connection == connection) // or another has taken its place
            {
                _byIdentity.Remove(identity);
            }
        }
    }

    private Peer? Find(ReadOnlyMemory<byte> identity)
    {
        lock (_gate)
        {
            return _byIdentity.GetValueOrDefault(identity);
        }
    }

    /// <summary>Makes a name as libzmq does: a zero byte, which marks it as not chosen, and 4 others. Random, so that none can be guessed.</summary>
    private ReadOnlyMemory<byte> Generate()
    {
        byte[] identity;
        do
        {
            identity = [0, .. RandomNumberGenerator.GetBytes(4)];
        }
        while (_byIdentity.ContainsKey(identity));
        return identity;
    }

    private sealed record Peer(Connection Connection, bool HasChosen);
}
