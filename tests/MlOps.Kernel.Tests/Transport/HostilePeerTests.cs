using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Kernel.Transport;
using static MlOps.Kernel.Tests.Transport.WireBytes;

namespace MlOps.Kernel.Tests.Transport;

/// <summary>A peer that misbehaves loses its connection, and a healthy one beside it notices nothing.</summary>
public sealed class HostilePeerTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly RouterSocket _router = RawPeer.Echo(
        "tcp://127.0.0.1:0", new TransportLimits { MaxFrameBytes = 1000, MaxMessageBytes = 1500, MaxFrames = 8, MaxPeers = 8 });

    private readonly RawPeer _healthy;

    public HostilePeerTests() => _healthy = RawPeer.Dealer(_router.Address);

    public void Dispose()
    {
        _healthy.Dispose();
        _router.Dispose();
    }

    [Theory]
    [ClassData(typeof(HostileBytes))]
    public void Peer_SendsIllegalBytes_IsClosedAlone(string bytes, string reason)
    {
        Assert.NotEmpty(reason);
        using var peer = new RawPeer(_router.Address);
        peer.TrySend(Of(bytes));

        peer.ReceiveToEnd(); // does not hang: the router hangs up

        AssertHealthy();
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF 00 00 00")]
    [InlineData("FF 00 00 00 00 00 00 00 01 7F 03 00 'NULL'")]
    public void Peer_StallsBeforeReady_IsClosedAfterTheTimeout(string start)
    {
        var said = new List<string>();
        using var logged = new ManualResetEventSlim();
        var limits = new TransportLimits { HandshakeTimeout = TimeSpan.FromSeconds(2) };
        using RouterSocket router = RawPeer.Echo("tcp://127.0.0.1:0", limits, line =>
        {
            said.Add(line);
            logged.Set();
        });
        using var peer = new RawPeer(router.Address);
        peer.TrySend(Of(start));

        Assert.Equal(OurGreeting, peer.ReceiveToEnd());
        Assert.True(logged.Wait(s_patience));
        Assert.Contains("No READY within 2 s", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void Peer_DripsItsGreeting_IsClosedAfterTheTimeoutAllTheSame()
    {
        using RouterSocket router = RawPeer.Echo("tcp://127.0.0.1:0", new TransportLimits { HandshakeTimeout = TimeSpan.FromMilliseconds(300) });
        using var peer = new RawPeer(router.Address);
        var clock = Stopwatch.StartNew();
        int sent = 0;
        using var pause = new ManualResetEventSlim();
        while (peer.TrySend([PeerGreeting[Math.Min(sent++, 40)]]) && sent < 63) // at 20 ms a byte it would take 1.3 s
        {
            pause.Wait(20);
        }

        peer.ReceiveToEnd();
        Assert.True(clock.Elapsed < s_patience);
    }

    [Fact]
    public void Peer_ReadyWithinTheTimeout_MayThenBeSilentForLonger()
    {
        using RouterSocket router = RawPeer.Echo("tcp://127.0.0.1:0", new TransportLimits { HandshakeTimeout = TimeSpan.FromSeconds(3) });
        using RawPeer peer = RawPeer.Dealer(router.Address);
        using var pause = new ManualResetEventSlim();
        pause.Wait(3300);

        peer.Send("00 01 'a'");
        Assert.Equal(Of("00 01 'a'"), peer.Receive(3));
    }

    [Fact]
    public void Peer_SendsHalfAFrameAndFallsSilent_BlocksNobody()
    {
        using RawPeer half = RawPeer.Dealer(_router.Address);
        half.Send("01 01 'a' 00 05 'he'");

        AssertHealthy();
        half.Send("'llo'");
        Assert.Equal(Of("01 01 'a' 00 05 'hello'"), half.Receive(10));
    }

    [Fact]
    public void Peer_BeyondTheLimit_IsRefusedUntilAPlaceIsFree()
    {
        var peers = new List<RawPeer>();
        for (int i = 1; i < 8; i++) // the healthy one is the first
        {
            peers.Add(RawPeer.Dealer(_router.Address));
        }

        using (var ninth = new RawPeer(_router.Address))
        {
            Assert.Empty(ninth.ReceiveToEnd());
        }

        AssertHealthy();
        peers[0].HangUpSending();
        peers[0].ReceiveToEnd();
        using RawPeer next = JoinWhenThereIsRoom();
        next.Send("00 01 'a'");
        Assert.Equal(Of("00 01 'a'"), next.Receive(3));
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public void Peers_VanishWhileTheyAreSentTo_DisturbNobody()
    {
        using PublisherSocket publisher = PublisherSocket.Bind("tcp://127.0.0.1:0");
        using RawPeer staying = RawPeer.Subscriber(publisher.Address);
        staying.Send("00 02 01 'z'");
        for (int i = 0; i < 100; i++)
        {
            using RawPeer leaving = RawPeer.Subscriber(publisher.Address);
            leaving.Send("00 01 01 04 07 04 'PING' 0000");
            Assert.Equal(Of("04 05 04 'PONG'"), leaving.Receive(7));
            leaving.Reset();
            for (int j = 0; j < 20; j++)
            {
                publisher.Publish([Text("a"), new byte[i % 2 == 0 ? 10 : 200_000]]);
            }
        }

        publisher.Publish(Texts("z"));
        Assert.Equal(Of("00 01 'z'"), staying.Receive(3));
    }

    [Fact]
    public void Subscriber_TooManyTopics_IsClosed()
    {
        using PublisherSocket publisher = PublisherSocket.Bind("tcp://127.0.0.1:0", limits: new TransportLimits { MaxTopics = 3 });
        using RawPeer greedy = RawPeer.Subscriber(publisher.Address);

        greedy.TrySend(Of("00 02 01 'a' 00 02 01 'b' 00 02 01 'c' 00 02 01 'c' 00 02 01 'd'"));

        Assert.Empty(greedy.ReceiveToEnd());
    }

    [Fact]
    public void Peers_SendAnyBytes_AreServedOrClosed()
    {
        using PublisherSocket publisher = PublisherSocket.Bind("tcp://127.0.0.1:0");
        using EchoSocket echo = EchoSocket.Bind("tcp://127.0.0.1:0");
        using RawPeer subscriber = RawPeer.Subscriber(publisher.Address);
        subscriber.Send("00 01 01 04 07 04 'PING' 0000");
        Assert.Equal(Of("04 05 04 'PONG'"), subscriber.Receive(7));

        Prop.ForAll(SessionFuzzTests.Streams().ToArbitrary(), Gen.Choose(1, 200).ToArbitrary(), (stream, size) =>
        {
            foreach (string address in (string[])[_router.Address, publisher.Address, echo.Address])
            {
                using var peer = new RawPeer(address);
                foreach (byte[] part in stream.Chunk(size))
                {
                    if (!peer.TrySend(part))
                    {
                        break;
                    }
                }

                peer.HangUpSending();
                peer.ReceiveToEnd(); // hangs if a connection is left open
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

        AssertHealthy();
        publisher.Publish(Texts("still here"));
        Assert.Equal(Of("00 0A 'still here'"), subscriber.Receive(12));
        using RawPeer beat = RawPeer.Joined(echo.Address, ReadyReq, OurReadyRep);
        beat.Send("01 00 00 04 'ping'");
        Assert.Equal(Of("01 00 00 04 'ping'"), beat.Receive(8));
    }

    /// <summary>The place of a peer that has left is free a moment after it saw the end.</summary>
    private RawPeer JoinWhenThereIsRoom()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var peer = new RawPeer(_router.Address);
            if (peer.TrySend([.. PeerGreeting, .. ReadyDealer]) && peer.Receive(64).Length == 64)
            {
                Assert.Equal(OurReadyRouter, peer.Receive(OurReadyRouter.Length));
                return peer;
            }

            peer.Dispose();
            Assert.True(clock.Elapsed < s_patience, "no place became free");
        }
    }

    private void AssertHealthy()
    {
        _healthy.Send("01 00 00 05 'alive'");
        Assert.Equal(Of("01 00 00 05 'alive'"), _healthy.Receive(9));
    }
}
