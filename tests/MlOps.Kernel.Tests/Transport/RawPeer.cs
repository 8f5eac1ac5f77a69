using System.Net;
using System.Net.Sockets;
using MlOps.Kernel.Transport;

namespace MlOps.Kernel.Tests.Transport;

/// <summary>A peer that says exactly the bytes it is told to, over a plain TCP connection.</summary>
internal sealed class RawPeer : IDisposable
{
    private const int PatienceMilliseconds = 60_000; // guards against hangs on a loaded machine, measures nothing

    private readonly Socket _socket;

    internal RawPeer(string address, int receiveBuffer = 0)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = PatienceMilliseconds,
            SendTimeout = PatienceMilliseconds,
        };
        if (receiveBuffer > 0)
        {
            _socket.ReceiveBufferSize = receiveBuffer;
        }

        _socket.Connect(IPEndPoint.Parse(address["tcp://".Length..]));
    }

    /// <summary>Connects and shakes hands.</summary>
    internal static RawPeer Joined(string address, byte[] ready, byte[] expectedReady, int receiveBuffer = 0)
    {
        var peer = new RawPeer(address, receiveBuffer);
        peer.Send(WireBytes.PeerGreeting);
        peer.Send(ready);
        Assert.Equal(WireBytes.OurGreeting, peer.Receive(64));
        Assert.Equal(expectedReady, peer.Receive(expectedReady.Length));
        return peer;
    }

    internal static RawPeer Dealer(string address) => Joined(address, WireBytes.ReadyDealer, WireBytes.OurReadyRouter);

    internal static RawPeer Subscriber(string address, int receiveBuffer = 0) =>
        Joined(address, WireBytes.ReadySub, WireBytes.OurReadyPub, receiveBuffer);

    internal void Send(byte[] bytes) => _socket.Send(bytes);

    internal void Send(string notation) => Send(WireBytes.Of(notation));

    /// <summary>Sends as much as the other side takes. Returns false if it hung up meanwhile.</summary>
    internal bool TrySend(byte[] bytes)
    {
        try
        {
            Send(bytes);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
            return false;
        }
    }

    /// <summary>Waits for that many bytes. Fewer come back only if the connection ended.</summary>
    internal byte[] Receive(int count)
    {
        byte[] bytes = new byte[count];
        int filled = 0;
        int got;
        while (filled < count && (got = _socket.Receive(bytes, filled, count - filled, SocketFlags.None)) > 0)
        {
            filled += got;
        }

        return bytes[..filled];
    }

    /// <summary>Waits until the other side hangs up, and returns what it said before.</summary>
    internal byte[] ReceiveToEnd()
    {
        var bytes = new List<byte>();
        byte[] buffer = new byte[4096];
        try
        {
            int got;
            while ((got = _socket.Receive(buffer)) > 0)
            {
                bytes.AddRange(buffer[..got]);
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // hanging up on bytes that were not read shows as a reset
        }

        return [.. bytes];
    }

    /// <summary>Says that no more will come; the other side may still talk.</summary>
    internal void HangUpSending()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // the other side has hung up already
        }
    }

    /// <summary>Ends the connection as the system does for a process that was killed: at once, and with a reset.</summary>
    internal void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>A router whose thread sends every message back.</summary>
    internal static RouterSocket Echo(string address, TransportLimits? limits = null, Action<string>? log = null)
    {
        RouterSocket router = RouterSocket.Bind(address, limits, log);
        new Thread(() =>
        {
            while (router.Receive() is { } message)
            {
                router.Send(message.Identity, message.Frames);
            }
        })
        { IsBackground = true }.Start();
        return router;
    }
}
