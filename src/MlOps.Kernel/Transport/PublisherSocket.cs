using System.Collections.Concurrent;

namespace MlOps.Kernel.Transport;

/// <summary>A bound PUB: sends each message to the peers that subscribed to its topic. Thread-safe.</summary>
/// <remarks>
/// Never waits for a peer. One that reads too slowly loses whole messages once its queue is full, as with every PUB; the others lose
/// nothing. Nothing is kept for peers that come later.
/// <para>Not for threads that may be aborted, as those of cells: an abort in the middle of a call would leave a lock taken.</para>
/// </remarks>
internal sealed class PublisherSocket : IDisposable, IConnectionOwner
{
    private readonly Listener _listener;
    private readonly TransportLimits _limits;
    private readonly Func<ReadOnlyMemory<byte>, IReadOnlyList<ReadOnlyMemory<byte>>?>? _welcome;
    private readonly ConcurrentDictionary<Connection, Subscriber> _subscribers = new();

    private PublisherSocket(
        string address, Func<ReadOnlyMemory<byte>, IReadOnlyList<ReadOnlyMemory<byte>>?>? welcome, TransportLimits limits, Action<string>? log)
    {
        (_welcome, _limits) = (welcome, limits);
        _listener = new Listener(address, SocketRole.Publisher, limits, this, log);
    }

    /// <summary>Gets the address with the real port.</summary>
    internal string Address => _listener.Address;

    /// <summary>Opens the socket and accepts peers from now on.</summary>
    /// <param name="address"><c>tcp://127.0.0.1:5555</c>, port 0 for any that is free; or <c>ipc://PATH</c>.</param>
    /// <param name="welcome">
    /// Called with the topic when a peer subscribes to one it did not have. The message it returns, if any, goes to that peer alone and
    /// before anything published; its first frame must begin with the topic, or the peer's own filter drops it. Called on threads of the socket.
    /// </param>
    /// <param name="limits">What peers may do; null for the defaults.</param>
    /// <param name="log">Told why a connection was refused or closed. Called on threads of the socket; must not throw.</param>
    /// <exception cref="TransportException">The address cannot be read, is taken, or cannot be opened.</exception>
    internal static PublisherSocket Bind(
        string address,
        Func<ReadOnlyMemory<byte>, IReadOnlyList<ReadOnlyMemory<byte>>?>? welcome = null,
        TransportLimits? limits = null,
        Action<string>? log = null)
    {
        var socket = new PublisherSocket(address, welcome, limits ?? TransportLimits.Default, log);
        socket._listener.Start();
        return socket;
    }

    /// <summary>Sends a message to all who want it.</summary>
    /// <param name="frames">The first frame is the topic. They must not change any more.</param>
    /// <exception cref="ArgumentException">There is no frame.</exception>
    internal void Publish(IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        WireMessage message = WireMessage.Of(frames);
        foreach ((_, Subscriber subscriber) in _subscribers)
        {
            subscriber.Offer(frames[0].Span, message);
        }
    }

    /// <summary>Waits until everything published has been handed to the operating system. Call before Dispose, so that the last status leaves.</summary>
    /// <returns>False if a peer did not take it within <paramref name="linger"/>.</returns>
    internal bool WaitUntilSent(TimeSpan linger) => _listener.WaitUntilSent(linger);

    public void Dispose() => _listener.Dispose();

    void IConnectionOwner.Joined(Connection connection, ReadOnlyMemory<byte> identity) =>
        _subscribers[connection] = new Subscriber(connection, _limits);

    void IConnectionOwner.Heard(Connection connection, SessionEvent what)
    {
        if (what is SubscriptionChanged change)
        {
            Subscriber subscriber = _subscribers[connection];
            if (!change.IsAdded)
            {
                subscriber.Cancel(change.Topic);
            }
            else
            {
                bool isNew = !subscriber.Has(change.Topic); // only this thread changes its topics
                subscriber.Add(change.Topic, isNew && _welcome?.Invoke(change.Topic) is { } frames ? WireMessage.Of(frames) : null);
            }
        }
    }

    void IConnectionOwner.Left(Connection connection) => _subscribers.TryRemove(connection, out _);
}
