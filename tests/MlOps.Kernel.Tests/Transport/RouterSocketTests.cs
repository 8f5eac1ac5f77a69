using MlOps.Kernel.Transport;
using static MlOps.Kernel.Tests.Transport.WireBytes;

namespace MlOps.Kernel.Tests.Transport;

/// <summary>The router against a peer of hand-written bytes.</summary>
public class RouterSocketTests
{
    private const string AnyPort = "tcp://127.0.0.1:0";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Bind_PortZero_SaysWhichPortItTook()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);

        Assert.Matches("^tcp://127\\.0\\.0\\.1:[1-9][0-9]*$", router.Address);
    }

    [Fact]
    public void Accept_SilentPeer_GetsTheWholeGreetingAtOnce()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);
        using var peer = new RawPeer(router.Address);

        Assert.Equal(OurGreeting, peer.Receive(64));
    }

    [Fact]
    public void Receive_MessageOfNamedPeer_ComesWithItsIdentityAndIsAnswered()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);
        using RawPeer peer = RawPeer.Joined(router.Address, ReadyDealerNamed, OurReadyRouter);
        peer.Send("01 03 'one' 01 00 00 03 'two'");

        RoutedMessage message = Receive(router);
        router.Send(Text("client-1"), Texts("yes", ""));

        Assert.Equal("client-1", Text(message.Identity));
        Assert.Equal(["one", "", "two"], Texts(message.Frames));
        Assert.Equal(Of("01 03 'yes' 00 00"), peer.Receive(7));
    }

    [Fact]
    public void Receive_UnnamedPeers_GetDifferentIdentitiesThatBeginWithZero()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);
        using RawPeer first = RawPeer.Dealer(router.Address);
        first.Send("00 01 'a'");
        RoutedMessage fromFirst = Receive(router);
        using RawPeer second = RawPeer.Dealer(router.Address);
        second.Send("00 01 'b'");
        RoutedMessage fromSecond = Receive(router);

        router.Send(fromSecond.Identity, Texts("2"));
        router.Send(fromFirst.Identity, Texts("1"));

        Assert.Equal((5, 0), (fromFirst.Identity.Length, fromFirst.Identity.Span[0]));
        Assert.Equal((5, 0), (fromSecond.Identity.Length, fromSecond.Identity.Span[0]));
        Assert.Equal(Of("00 01 '1'"), first.Receive(3));
        Assert.Equal(Of("00 01 '2'"), second.Receive(3));
    }

    [Fact]
    public void Send_UnknownIdentity_IsDropped()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);
        using RawPeer peer = RawPeer.Joined(router.Address, ReadyDealerNamed, OurReadyRouter);
        peer.Send("00 01 'a'");
        Receive(router);

        router.Send(Text("client-2"), Texts("lost"));
        router.Send(Text("client-1"), Texts("found"));

        Assert.Equal(Of("00 05 'found'"), peer.Receive(7));
    }

    [Fact]
    public void Send_NoFrame_IsAnArgumentException()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);

        Assert.Throws<ArgumentException>(() => router.Send(Text("x"), []));
    }

    [Fact]
    public void Join_IdentityThatIsConnected_TakesOverAndClosesTheOld()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);
        using RawPeer old = RawPeer.Joined(router.Address, ReadyDealerNamed, OurReadyRouter);
        old.Send("00 03 'old'");
        RoutedMessage request = Receive(router);

        using RawPeer young = RawPeer.Joined(router.Address, ReadyDealerNamed, OurReadyRouter);
        young.Send("00 05 'young'");
        Receive(router);
        router.Send(request.Identity, Texts("reply"));

        Assert.Empty(old.ReceiveToEnd());
        Assert.Equal(Of("00 05 'reply'"), young.Receive(7));
        router.Send(request.Identity, Texts("again")); // the end of the old connection must not unlist the new one
        Assert.Equal(Of("00 05 'again'"), young.Receive(7));
    }

    [Fact]
    public void Join_IdentityGeneratedForAnother_IsRefused()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);
        using RawPeer victim = RawPeer.Dealer(router.Address);
        victim.Send("00 01 'a'");
        RoutedMessage request = Receive(router);

        using var thief = new RawPeer(router.Address);
        thief.Send(PeerGreeting);
        thief.Send([.. Of("04 2E 05 'READY' 0B 'Socket-Type' 00000006 'DEALER' 08 'Identity' 00000005"), .. request.Identity.ToArray()]);
        thief.ReceiveToEnd();
        router.Send(request.Identity, Texts("b"));

        Assert.Equal(Of("00 01 'b'"), victim.Receive(3));
    }

    [Fact]
    public void Ping_FromAPeer_IsAnsweredWithPong()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);
        using RawPeer peer = RawPeer.Dealer(router.Address);

        peer.Send("04 0A 04 'PING' 0064 'ctx'");

        Assert.Equal(Of("04 08 04 'PONG' 'ctx'"), peer.Receive(10));
    }

    [Fact]
    public void TryReceive_NothingThere_IsFalse()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);
        Assert.False(router.TryReceive(out RoutedMessage? none));
        Assert.Null(none);

        using RawPeer peer = RawPeer.Dealer(router.Address);
        peer.Send("00 01 'a' 00 01 'b'");

        Assert.Equal(["a"], Texts(Receive(router).Frames));
        Assert.True(SpinWait.SpinUntil(() => router.TryReceive(out _), s_patience)); // "b" may take a moment more
        Assert.False(router.TryReceive(out _));
    }

    [Fact]
    public void Receive_Cancelled_Throws()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.Throws<OperationCanceledException>(() => router.Receive(cancellation.Token));
    }

    [Fact]
    public void Receive_Disposed_IsNull()
    {
        RouterSocket router = RouterSocket.Bind(AnyPort);
        using var entered = new ManualResetEventSlim();
        RoutedMessage? received = new(default, []);
        var thread = new Thread(() =>
        {
            entered.Set();
            received = router.Receive();
        });
        thread.Start();
        entered.Wait();

        router.Dispose();

        Assert.True(thread.Join(s_patience));
        Assert.Null(received);
        Assert.Null(router.Receive());
        router.Send(Text("x"), Texts("nobody")); // no exception: late output may still come
        router.Dispose();
    }

    [Fact]
    public void Receive_PeerThatSendsMoreThanItsShare_IsHeldBackAndLosesNothing()
    {
        var limits = new TransportLimits { MaxWaitingMessages = 10 };
        using RouterSocket router = RouterSocket.Bind(AnyPort, limits);
        using RawPeer busy = RawPeer.Dealer(router.Address);
        busy.Send([.. Enumerable.Range(0, 200).SelectMany(i => (byte[])[0, 1, (byte)i])]);
        using RawPeer other = RawPeer.Joined(router.Address, ReadyDealerNamed, OurReadyRouter);
        other.Send("00 02 'hi'");

        var ofBusy = new List<byte>();
        bool otherCame = false;
        while (ofBusy.Count < 200 || !otherCame)
        {
            RoutedMessage message = Receive(router);
            if (message.Frames[0].Length == 2)
            {
                otherCame = true;
            }
            else
            {
                ofBusy.Add(message.Frames[0].Span[0]);
            }
        }

        Assert.Equal(Enumerable.Range(0, 200).Select(i => (byte)i), ofBusy);
    }

    [Fact]
    public void WaitUntilSent_PeerThatDoesNotRead_GivesUpAfterTheLinger()
    {
        using RouterSocket router = RouterSocket.Bind(AnyPort);
        using RawPeer peer = RawPeer.Joined(router.Address, ReadyDealerNamed, OurReadyRouter);
        peer.Send("00 01 'a'");
        Receive(router);
        byte[] large = new byte[40_000_000];

        router.Send(Text("client-1"), [large]);

        Assert.False(router.WaitUntilSent(TimeSpan.FromMilliseconds(50)));
        Assert.Equal(large.Length + 9, peer.Receive(large.Length + 9).Length);
        Assert.True(router.WaitUntilSent(s_patience));
    }

    [Fact]
    public async Task Dispose_AfterWaitUntilSent_HasLostNothing()
    {
        RouterSocket router = RouterSocket.Bind(AnyPort);
        using RawPeer peer = RawPeer.Joined(router.Address, ReadyDealerNamed, OurReadyRouter);
        peer.Send("00 01 'a'");
        Receive(router);
        for (int i = 0; i < 1000; i++)
        {
            router.Send(Text("client-1"), [new byte[1000]]);
        }

        Task<byte[]> reader = Task.Run(peer.ReceiveToEnd);
        Assert.True(router.WaitUntilSent(s_patience));
        router.Dispose();

        Assert.Equal(1000 * 1009, (await reader.WaitAsync(s_patience)).Length);
    }

    private static RoutedMessage Receive(RouterSocket router)
    {
        using var patience = new CancellationTokenSource(s_patience);
        return router.Receive(patience.Token)!;
    }
}
