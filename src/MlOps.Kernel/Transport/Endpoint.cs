using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MlOps.Kernel.Transport;

/// <summary>Addresses in ZeroMQ's spelling: <c>tcp://127.0.0.1:5555</c> and <c>ipc:///tmp/kernel-1</c>.</summary>
internal static class Endpoint
{
    private const string Tcp = "tcp://";
    private const string Ipc = "ipc://";
    private const int Backlog = 128;

    /// <summary>Opens a listening socket.</summary>
    /// <param name="address">
    /// <c>tcp://HOST:PORT</c> with an IP address, <c>localhost</c> or <c>*</c> (every interface), port 0 for any that is free; or
    /// <c>ipc://PATH</c>, a Unix domain socket, which only this user may open.
    /// </param>
    /// <param name="bound">The address with the port that was chosen.</param>
    /// <exception cref="TransportException">The address cannot be read, is taken, or cannot be opened.</exception>
    internal static Socket Listen(string address, out string bound)
    {
        Socket? socket = null;
        try
        {
            socket = address.StartsWith(Ipc, StringComparison.Ordinal) ? BindPath(address[Ipc.Length..]) : BindPort(Parse(address));
            socket.Listen(Backlog);
            bound = socket.LocalEndPoint is IPEndPoint ip ? Tcp + ip : address;
            return socket;
        }
        catch (Exception e) when (e is SocketException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            socket?.Dispose();
            throw new TransportException($"Cannot listen at {address}: {Reason(e)}", e);
        }
    }

    private static IPEndPoint Parse(string address)
    {
        int colon = address.LastIndexOf(':');
        if (address.StartsWith(Tcp, StringComparison.Ordinal)
            && colon > Tcp.Length
            && ushort.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            string host = address[Tcp.Length..colon];
            if (host is "*" or "localhost")
            {
                return new IPEndPoint(host == "*" ? IPAddress.Any : IPAddress.Loopback, port);
            }

            if (IPAddress.TryParse(host, out IPAddress? ip))
            {
                return new IPEndPoint(ip, port);
            }
        }

        throw new ArgumentException("expected tcp://IP:PORT, as in tcp://127.0.0.1:5555, or ipc://PATH.");
    }

    private static Socket BindPort(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                socket.ExclusiveAddressUse = true; // or another process may share the port
            }

            socket.Bind(endPoint); // elsewhere .NET sets SO_REUSEADDR here, so a restarted kernel gets its ports back at once
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket BindPath(string path)
    {
        var endPoint = new UnixDomainSocketEndPoint(path);
        RemoveStale(path, endPoint);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endPoint);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A killed process leaves its socket file, which nobody answers any more. It must go, or the path stays taken.</summary>
    private static void RemoveStale(string path, UnixDomainSocketEndPoint endPoint)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > 0) // a file that holds something is not a socket: Bind will refuse the path
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            file.Delete();
        }
    }

    private static string Reason(Exception e) => e is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
        ? "another process, or another socket of this one, uses it."
        : e.Message;
}
