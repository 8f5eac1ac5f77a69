namespace MlOps.Kernel.Transport;

/// <summary>What a socket type does with its connections. Called on the thread that reads the connection.</summary>
internal interface IConnectionOwner
{
    /// <summary>The handshake of a connection is over. Called once, before <see cref="Heard"/>.</summary>
    /// <param name="connection">The connection; it may be sent to from now on.</param>
    /// <param name="identity">The name the peer chose; empty if none.</param>
    /// <exception cref="ProtocolException">The peer cannot be taken.</exception>
    void Joined(Connection connection, ReadOnlyMemory<byte> identity);

    /// <summary>The peer sent a message or changed a subscription.</summary>
    /// <exception cref="ProtocolException">The peer asked for more than it may have.</exception>
    void Heard(Connection connection, SessionEvent what);

    /// <summary>A connection has ended, whether it had joined or not.</summary>
    void Left(Connection connection);
}
