using System.Diagnostics;
using System.Net.Sockets;

namespace MlOps.Kernel.Transport;

/// <summary>One peer: a thread that reads from it, and an outbox. Whatever goes wrong here ends this connection only.</summary>
/// <param name="socket">An accepted socket in non-blocking mode. The connection closes it.</param>
/// <param name="role">Our socket type.</param>
/// <param name="limits">What the peer may do.</param>
/// <param name="owner">Who is told what the peer says.</param>
/// <param name="name">The beginning of the names of its threads.</param>
internal sealed class Connection(Socket socket, SocketRole role, TransportLimits limits, IConnectionOwner owner, string name)
{
    private const int ReceiveBytes = 64 * 1024;

    private readonly Session _session = new(role, limits);
    private readonly Outbox _outbox = new(socket, limits, name + " out");
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _closed;

    /// <summary>Gets a value indicating whether the connection has been closed from our side.</summary>
    internal bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Greets the peer and starts to read.</summary>
    /// <param name="ended">Called last, with what ended the connection; null if one of the sides hung up.</param>
    internal void Start(Action<Connection, Exception?> ended) =>
        new Thread(() => Read(ended)) { IsBackground = true, Name = name + " in" }.UnsafeStart();

    /// <summary>Sends a message without waiting. Returns false if it was dropped.</summary>
    internal bool Send(WireMessage message) => _outbox.Send(message);

    /// <summary>Waits until all has been handed to the operating system.</summary>
    internal bool WaitUntilSent(TimeSpan limit) => _outbox.WaitUntilSent(limit);

    /// <summary>Ends the connection; both threads end soon after. Any thread may call it, any number of times.</summary>
    internal void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            _outbox.Close();
            try
            {
                socket.Shutdown(SocketShutdown.Both); // wakes the threads that wait for the socket; Dispose alone need not
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // the peer was faster, or the outbox found out first: there is nothing to shut down
            }

            socket.Dispose();
        }
    }

    private void Read(Action<Connection, Exception?> ended)
    {
        Exception? cause = null;
        try
        {
            _outbox.Send(new WireMessage(Greeting.Ours)); // at once and whole: libzmq waits for it before it goes on
            ReadToEnd();
        }
        catch (Exception e) // any: no fault of one connection may end the kernel
        {
            cause = IsClosed || e is SocketException or ObjectDisposedException ? null : e;
        }

        Close();
        ended(this, cause);
    }

    private void ReadToEnd()
    {
        byte[] buffer = new byte[ReceiveBytes];
        int count;
        while ((count = Receive(buffer)) > 0)
        {
            ReadOnlySpan<byte> input = buffer.AsSpan(0, count);
            while (_session.Read(ref input) is { } said)
            {
                React(said);
            }
        }
    }

    private int Receive(byte[] buffer)
    {
        while (true)
        {
            int count = socket.Receive(buffer, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                return count;
            }

            if (error != SocketError.WouldBlock)
            {
                throw new SocketException((int)error);
            }

            WaitForBytes();
        }
    }

    private void WaitForBytes()
    {
        TimeSpan patience = Timeout.InfiniteTimeSpan;
        if (!_session.IsReady)
        {
            patience = limits.HandshakeTimeout - Stopwatch.GetElapsedTime(_started);
        }

        if ((!_session.IsReady && patience <= TimeSpan.Zero) || !socket.Poll(patience, SelectMode.SelectRead))
        {
            throw new ProtocolException($"No READY within {limits.HandshakeTimeout.TotalSeconds} s.");
        }
    }

    private void React(SessionEvent said)
    {
        switch (said)
        {
            case Greeted:
                Send(WireMessage.Ready(role));
                break;
            case PeerReady ready:
                owner.Joined(this, ready.Identity);
                break;
            case PingArrived ping:
                Send(WireMessage.Pong(ping.Context));
                break;
            default:
                owner.Heard(this, said);
                break;
        }
    }
}
