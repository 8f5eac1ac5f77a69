namespace MlOps.Kernel.Transport;

/// <summary>A bound REP that answers every message with itself: Jupyter's heartbeat. Works while everything else is busy.</summary>
/// <remarks>The empty frame that a REQ peer puts first is sent back with the rest; a DEALER peer may leave it out.</remarks>
internal sealed class EchoSocket : IDisposable, IConnectionOwner
{
    private readonly Listener _listener;

    private EchoSocket(string address, TransportLimits? limits, Action<string>? log) =>
        _listener = new Listener(address, SocketRole.Reply, limits, this, log);

    /// <summary>Gets the address with the real port.</summary>
    internal string Address => _listener.Address;

    /// <summary>Opens the socket and answers from now on.</summary>
    /// <param name="address"><c>tcp://127.0.0.1:5555</c>, port 0 for any that is free; or <c>ipc://PATH</c>.</param>
    /// <param name="limits">What peers may do; null for the defaults.</param>
    /// <param name="log">Told why a connection was refused or closed. Called on threads of the socket; must not throw.</param>
    /// <exception cref="TransportException">The address cannot be read, is taken, or cannot be opened.</exception>
    internal static EchoSocket Bind(string address, TransportLimits? limits = null, Action<string>? log = null)
    {
        var socket = new EchoSocket(address, limits, log);
        socket._listener.Start();
        return socket;
    }

    public void Dispose() => _listener.Dispose();

    void IConnectionOwner.Joined(Connection connection, ReadOnlyMemory<byte> identity)
    {
    }

    void IConnectionOwner.Heard(Connection connection, SessionEvent what)
    {
        if (what is MessageArrived message)
        {
            connection.Send(WireMessage.Of(message.Frames));
        }
    }

    void IConnectionOwner.Left(Connection connection)
    {
    }
}
