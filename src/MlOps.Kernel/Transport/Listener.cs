using System.Net.Sockets;

namespace MlOps.Kernel.Transport;

/// <summary>Accepts peers at one address and keeps their connections. Dispose ends them all.</summary>
internal sealed class Listener : IDisposable
{
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SilenceBeforeProbe = TimeSpan.FromMinutes(1);

    private readonly SocketRole _role;
    private readonly TransportLimits _limits;
    private readonly IConnectionOwner _owner;
    private readonly Action<string>? _log;
    private readonly Socket _socket;
    private readonly string _threadName;
    private readonly Lock _gate = new();
    private readonly HashSet<Connection> _connections = [];
    private readonly ManualResetEventSlim _stopped = new();

    /// <exception cref="TransportException">The address cannot be opened.</exception>
    internal Listener(string address, SocketRole role, TransportLimits? limits, IConnectionOwner owner, Action<string>? log)
    {
        (_role, _limits, _owner, _log) = (role, limits ?? TransportLimits.Default, owner, log);
        _socket = Endpoint.Listen(address, out string bound);
        Address = bound;
        _threadName = "zmtp " + bound[(bound.LastIndexOfAny([':', '/']) + 1)..];
    }

    /// <summary>Gets the address with the real port.</summary>
    internal string Address { get; }

    internal void Start() => new Thread(Accept) { IsBackground = true, Name = _threadName }.UnsafeStart();

    /// <summary>Waits until everything sent to every peer has been handed to the operating system.</summary>
    /// <returns>False if a peer was too slow.</returns>
    internal bool WaitUntilSent(TimeSpan linger)
    {
        long deadline = Environment.TickCount64 + (long)linger.TotalMilliseconds;
        return Connections().All(connection =>
            connection.WaitUntilSent(TimeSpan.FromMilliseconds(Math.Max(0, deadline - Environment.TickCount64))));
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped.IsSet)
            {
                return;
            }

            _stopped.Set();
        }

        _socket.Dispose();
        foreach (Connection connection in Connections())
        {
            connection.Close();
        }
    }

    private Connection[] Connections()
    {
        lock (_gate)
        {
            return [.. _connections];
        }
    }

    private void Accept()
    {
        while (!_stopped.IsSet)
        {
            Socket? socket = null;
            try
            {
                socket = _socket.Accept();
                Welcome(socket);
            }
            catch (Exception e) // any: with no files or memory left for a connection, the others must go on
            {
                socket?.Dispose();
                if (!_stopped.IsSet)
                {
                    _log?.Invoke($"{Address}: a connection could not be accepted. {e.Message}");
                    _stopped.Wait(socket is null ? AcceptPause : TimeSpan.Zero); // files run out for longer than a moment: do not spin
                }
            }
        }
    }

    private void Welcome(Socket socket)
    {
        socket.Blocking = false;
        if (socket.ProtocolType == ProtocolType.Tcp)
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true); // a laptop that sleeps leaves half a connection
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)SilenceBeforeProbe.TotalSeconds);
        }

        var connection = new Connection(socket, _role, _limits, _owner, _threadName);
        bool isTaken = false;
        lock (_gate)
        {
            isTaken = !_stopped.IsSet && _connections.Count < _limits.MaxPeers && _connections.Add(connection);
        }

        if (!isTaken)
        {
            connection.Close();
            _log?.Invoke($"{Address}: refused a connection; {_limits.MaxPeers} peers are connected already.");
            return;
        }

        try
        {
            connection.Start(Ended);
        }
        catch (OutOfMemoryException e) // no thread to be had
        {
            connection.Close();
            Ended(connection, e);
        }
    }

    private void Ended(Connection connection, Exception? cause)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
        }

        _owner.Left(connection);
        if (cause is not null)
        {
            _log?.Invoke($"{Address}: closed a connection. {cause.Message}");
        }
    }
}
