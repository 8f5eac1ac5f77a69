using System.Net;
using System.Net.Sockets;
using MlOps.Kernel.Transport;
using static MlOps.Kernel.Tests.Transport.WireBytes;

namespace MlOps.Kernel.Tests.Transport;

public sealed class EndpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("zmtp").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:5555")]
    [InlineData("udp://127.0.0.1:5555")]
    [InlineData("tcp://127.0.0.1")]
    [InlineData("tcp://:5555")]
    [InlineData("tcp://127.0.0.1:65536")]
    [InlineData("tcp://127.0.0.1:-1")]
    [InlineData("tcp://no.such.host:5555")]
    [InlineData("ipc://")]
    public void Bind_AddressThatCannotBeRead_SaysWhichAndWhy(string address)
    {
        TransportException refusal = Assert.Throws<TransportException>(() => RouterSocket.Bind(address));

        Assert.Contains($"Cannot listen at {address}: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_PortInUse_SaysWhich()
    {
        using RouterSocket first = RouterSocket.Bind("tcp://127.0.0.1:0");

        TransportException refusal = Assert.Throws<TransportException>(() => PublisherSocket.Bind(first.Address));

        Assert.Contains($"Cannot listen at {first.Address}: another process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_PortInUseByASocketOfAnotherKind_SaysWhich()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();

        Assert.Throws<TransportException>(() => RouterSocket.Bind($"tcp://{other.LocalEndPoint}"));
    }

    [Fact]
    public void Bind_AgainAfterDispose_GetsThePortAtOnce()
    {
        RouterSocket router = RouterSocket.Bind("tcp://127.0.0.1:0");
        string address = router.Address;
        for (int i = 0; i < 5; i++)
        {
            using RawPeer peer = RawPeer.Dealer(address);
            router.Dispose(); // hangs up first, so the old connection keeps the port in TIME_WAIT
            peer.ReceiveToEnd();
            router = RouterSocket.Bind(address);
        }

        router.Dispose();
    }

    [Theory]
    [InlineData("tcp://*:0", "tcp://0.0.0.0:")]
    [InlineData("tcp://localhost:0", "tcp://127.0.0.1:")]
    [InlineData("tcp://0.0.0.0:0", "tcp://0.0.0.0:")]
    public void Bind_NamesForAddresses_AreUnderstood(string address, string bound)
    {
        using RouterSocket router = RouterSocket.Bind(address);

        Assert.StartsWith(bound, router.Address, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_IpcPath_ListensThereForThisUserOnly()
    {
        string path = Path.Combine(_folder, "kernel-1");
        using (RouterSocket router = RouterSocket.Bind("ipc://" + path))
        {
            Assert.Equal("ipc://" + path, router.Address);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }

            using Socket peer = ConnectTo(path);
            peer.Send([.. PeerGreeting, .. ReadyDealer, .. Of("00 01 'a'")]);
            Assert.Equal(["a"], Texts(router.Receive()!.Frames));
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Bind_IpcPathInUse_SaysWhich()
    {
        string address = "ipc://" + Path.Combine(_folder, "kernel-1");
        using RouterSocket first = RouterSocket.Bind(address);

        Assert.Contains(address, Assert.Throws<TransportException>(() => RouterSocket.Bind(address)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_IpcPathOfAProcessThatWasKilled_TakesItOver()
    {
        string path = Path.Combine(_folder, "kernel-1");
        string moved = Path.Combine(_folder, "moved");
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(moved));
            dead.Listen();
            File.Move(moved, path); // so that Dispose does not delete it
        }

        using RouterSocket router = RouterSocket.Bind("ipc://" + path);
        using Socket peer = ConnectTo(path);
    }

    [Fact]
    public void Bind_IpcPathOfAnOrdinaryFile_LeavesItAlone()
    {
        string path = Path.Combine(_folder, "notes.txt");
        File.WriteAllText(path, "mine");

        Assert.Throws<TransportException>(() => RouterSocket.Bind("ipc://" + path));
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void Bind_IpcPathTooLongOrMissingFolder_SaysWhich()
    {
        Assert.Throws<TransportException>(() => RouterSocket.Bind("ipc://" + Path.Combine(_folder, new string('x', 200))));
        Assert.Throws<TransportException>(() => RouterSocket.Bind("ipc://" + Path.Combine(_folder, "none", "kernel-1")));
    }

    private static Socket ConnectTo(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }
}
