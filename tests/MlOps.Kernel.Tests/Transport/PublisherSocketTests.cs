using MlOps.Kernel.Transport;
using static MlOps.Kernel.Tests.Transport.WireBytes;

namespace MlOps.Kernel.Tests.Transport;

/// <summary>The publisher against peers of hand-written bytes. A PING that is answered shows that what came before it has been read.</summary>
public class PublisherSocketTests
{
    private const string AnyPort = "tcp://127.0.0.1:0";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("00 01 01", "00 01 00")]
    [InlineData("04 0A 09 'SUBSCRIBE'", "04 07 06 'CANCEL'")]
    [InlineData("00 03 01 'ab'", "00 03 00 'ab'")]
    [InlineData("04 0C 09 'SUBSCRIBE' 'ab'", "04 09 06 'CANCEL' 'ab'")]
    [InlineData("04 0A 09 'SUBSCRIBE'", "00 01 00")]
    public void Publish_SubscribedAndCancelled_ReachesThePeerInBetween(string subscribe, string cancel)
    {
        using PublisherSocket publisher = PublisherSocket.Bind(AnyPort);
        using RawPeer peer = RawPeer.Subscriber(publisher.Address);
        publisher.Publish(Texts("abc", "before"));
        Say(peer, subscribe);
        publisher.Publish(Texts("abc", "during"));
        Assert.Equal(Of("01 03 'abc' 00 06 'during'"), peer.Receive(13));

        Say(peer, cancel);
        publisher.Publish(Texts("abc", "after"));
        Say(peer, subscribe);
        publisher.Publish(Texts("abc", "again!"));

        Assert.Equal(Of("01 03 'abc' 00 06 'again!'"), peer.Receive(13));
    }

    [Fact]
    public void Publish_SeveralTopics_SendsEachMessageOnceByPrefix()
    {
        using PublisherSocket publisher = PublisherSocket.Bind(AnyPort);
        using RawPeer peer = RawPeer.Subscriber(publisher.Address);
        Say(peer, "00 02 01 'a' 00 03 01 'ab' 00 03 01 'xy'");

        publisher.Publish(Texts("x"));
        publisher.Publish(Texts("b"));
        publisher.Publish(Texts(""));
        publisher.Publish(Texts("abc"));
        publisher.Publish(Texts("xyz"));

        Assert.Equal(Of("00 03 'abc' 00 03 'xyz'"), peer.Receive(10));
    }

    [Fact]
    public void Publish_SubscribedTwice_NeedsTwoCancellations()
    {
        using PublisherSocket publisher = PublisherSocket.Bind(AnyPort);
        using RawPeer peer = RawPeer.Subscriber(publisher.Address);
        Say(peer, "00 02 01 'a' 00 02 01 'a' 00 02 01 'z' 00 02 00 'a' 00 02 00 'q'"); // q was never subscribed
        publisher.Publish(Texts("a1"));
        Assert.Equal(Of("00 02 'a1'"), peer.Receive(4));

        Say(peer, "00 02 00 'a'");
        publisher.Publish(Texts("a2"));
        publisher.Publish(Texts("z"));

        Assert.Equal(Of("00 01 'z'"), peer.Receive(3));
    }

    [Fact]
    public void Welcome_NewSubscription_ReachesThatPeerAloneAndFirst()
    {
        var topics = new List<string>();
        using PublisherSocket publisher = PublisherSocket.Bind(AnyPort, topic =>
        {
            lock (topics)
            {
                topics.Add(Text(topic));
            }

            return Text(topic) == "quiet" ? null : Texts(Text(topic), "welcome");
        });
        using RawPeer first = RawPeer.Subscriber(publisher.Address);
        first.Send("00 01 01");
        Assert.Equal(Of("01 00 00 07 'welcome'"), first.Receive(11));
        using RawPeer second = RawPeer.Subscriber(publisher.Address);
        second.Send("00 02 01 'a' 00 02 01 'a' 00 06 01 'quiet'"); // the second time it is not new
        Assert.Equal(Of("01 01 'a' 00 07 'welcome'"), second.Receive(12));
        Say(second, "00 02 00 'a' 00 02 00 'a'");
        second.Send("00 02 01 'a'");
        Assert.Equal(Of("01 01 'a' 00 07 'welcome'"), second.Receive(12));

        publisher.Publish(Texts("a"));

        Assert.Equal(Of("00 01 'a'"), first.Receive(3));
        Assert.Equal(["", "a", "quiet", "a"], topics);
    }

    [Fact]
    public void Welcome_Throws_ClosesThatConnectionOnly()
    {
        var said = new List<string>();
        using var logged = new ManualResetEventSlim();
        using PublisherSocket publisher = PublisherSocket.Bind(
            AnyPort,
            topic => topic.IsEmpty ? throw new InvalidOperationException("cannot greet") : null,
            log: line =>
            {
                said.Add(line);
                logged.Set();
            });
        using RawPeer good = RawPeer.Subscriber(publisher.Address);
        Say(good, "00 02 01 'a'");
        using RawPeer bad = RawPeer.Subscriber(publisher.Address);
        bad.Send("00 01 01");
        bad.ReceiveToEnd();
        publisher.Publish(Texts("a"));

        Assert.Equal(Of("00 01 'a'"), good.Receive(3));
        Assert.True(logged.Wait(s_patience));
        Assert.Contains("cannot greet", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_NobodyThere_IsLost()
    {
        using PublisherSocket publisher = PublisherSocket.Bind(AnyPort);
        publisher.Publish(Texts("a"));

        Assert.True(publisher.WaitUntilSent(TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => publisher.Publish([]));
    }

    [Fact]
    public async Task Publish_SlowPeer_LosesWholeMessagesWhileAFastOneGetsAll()
    {
        const int Count = 3000;
        const int Size = 20_000; // 60 MB: far beyond what the operating system holds for a connection
        using PublisherSocket publisher = PublisherSocket.Bind(AnyPort, limits: new TransportLimits { MaxQueuedMessages = 50 });
        using RawPeer slow = RawPeer.Subscriber(publisher.Address, receiveBuffer: 8192);
        Say(slow, "00 01 01");
        using RawPeer fast = RawPeer.Subscriber(publisher.Address);
        Say(fast, "00 01 01");

        // The fast peer is slow too while it is not scheduled: after every ten messages it is waited for.
        byte[] body = new byte[Size];
        for (int i = 0; i < Count; i++)
        {
            publisher.Publish([BitConverter.GetBytes(i), body]);
            if (i % 10 == 9)
            {
                Assert.Equal(Enumerable.Range(i - 9, 10), Enumerable.Range(0, 10).Select(_ => Number(fast.Receive(6 + 9 + Size))));
            }
        }

        var numbers = new List<int>();
        Task reader = Task.Run(() =>
        {
            while (slow.Receive(2) is [1, 4])
            {
                numbers.Add(BitConverter.ToInt32(slow.Receive(4)));
                Assert.Equal([.. Of("02 0000000000004E20"), .. body], slow.Receive(9 + Size));
            }
        });
        Assert.True(publisher.WaitUntilSent(s_patience));
        publisher.Publish(Texts("end"));
        await reader.WaitAsync(s_patience);

        Assert.InRange(numbers.Count, 50, Count - 1000);
        Assert.Equal(numbers.Distinct().Order(), numbers); // gaps come where its writing thread had no processor; each message is whole, and in order
    }

    private static int Number(byte[] message) => BitConverter.ToInt32(message, 2);

    private static void Say(RawPeer peer, string bytes)
    {
        peer.Send(bytes);
        peer.Send("04 07 04 'PING' 0000");
        Assert.Equal(Of("04 05 04 'PONG'"), peer.Receive(7));
    }
}
