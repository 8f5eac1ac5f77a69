using System.Collections.Concurrent;
using System.Globalization;
using MlOps.Kernel.Transport;
using static MlOps.Kernel.Tests.Transport.WireBytes;

namespace MlOps.Kernel.Tests.Transport;

/// <summary>Our sockets against libzmq, through pyzmq.</summary>
public class PyzmqTests
{
    private const string AnyPort = "tcp://127.0.0.1:0";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [PyzmqFact]
    public async Task Router_DealersAndReq_GetEveryMessageBack()
    {
        using RouterSocket router = RawPeer.Echo(AnyPort);

        await PeerProcess.Succeed(PeerProcess.Python, "pyzmq/dealer.py", router.Address);
    }

    [PyzmqFact]
    public async Task Router_OverIpc_DealersAndReq_GetEveryMessageBack()
    {
        string folder = Directory.CreateTempSubdirectory("zmtp").FullName;
        using (RouterSocket router = RawPeer.Echo("ipc://" + Path.Combine(folder, "shell")))
        {
            await PeerProcess.Succeed(PeerProcess.Python, "pyzmq/dealer.py", router.Address);
        }

        Directory.Delete(folder);
    }

    [PyzmqFact]
    public async Task Router_SameIdentityAgain_HandsOver()
    {
        using RouterSocket router = RawPeer.Echo(AnyPort);

        await PeerProcess.Succeed(PeerProcess.Python, "pyzmq/handover.py", router.Address);
    }

    [PyzmqFact]
    public async Task Echo_ReqAndDealer_GetTheirHeartbeat()
    {
        using EchoSocket echo = EchoSocket.Bind(AnyPort);

        await PeerProcess.Succeed(PeerProcess.Python, "pyzmq/heartbeat.py", echo.Address);
    }

    [PyzmqFact]
    public async Task Publisher_TopicsComeAndGo_EachSubscriberGetsItsOwn()
    {
        using var subscribed = new BlockingCollection<string>();
        using PublisherSocket publisher = PublisherSocket.Bind(AnyPort, topic =>
        {
            subscribed.Add(Text(topic));
            return [topic, Text("welcome")];
        });
        using PeerProcess first = Subscriber(publisher);
        first.Say("subscribe stream");
        first.Say("subscribe status");
        Assert.Equal(["stream", "status"], [Take(subscribed), Take(subscribed)]);
        Assert.Equal("stream|welcome", await Receive(first));
        Assert.Equal("status|welcome", await Receive(first));

        publisher.Publish(Texts("error", "not wanted"));
        publisher.Publish(Texts("status.busy", "1"));
        publisher.Publish(Texts("stream.stdout", "2", "", "frames"));
        Assert.Equal("status.busy|1", await Receive(first));
        Assert.Equal("stream.stdout|2||frames", await Receive(first));

        using PeerProcess late = Subscriber(publisher);
        late.Say("subscribe");
        Assert.Equal("", Take(subscribed));
        Assert.Equal("|welcome", await Receive(late));
        publisher.Publish(Texts("error", "3"));
        publisher.Publish(Texts("status", "4"));
        Assert.Equal("error|3", await Receive(late));
        Assert.Equal("status|4", await Receive(late));
        Assert.Equal("status|4", await Receive(first));

        // What follows an unsubscription on the same connection has been read after it.
        first.Say("unsubscribe status");
        first.Say("subscribe again");
        Assert.Equal("again", Take(subscribed));
        Assert.Equal("again|welcome", await Receive(first));
        publisher.Publish(Texts("status", "gone"));
        publisher.Publish(Texts("stream", "5"));
        Assert.Equal("stream|5", await Receive(first));
        first.Say("subscribe status");
        Assert.Equal("status", Take(subscribed));
        Assert.Equal("status|welcome", await Receive(first));
        publisher.Publish(Texts("status", "back"));
        Assert.Equal("status|back", await Receive(first));
    }

    [PyzmqFact]
    public async Task Publisher_SubscriberThatDoesNotRead_BlocksNobodyAndGetsNoTornMessage()
    {
        const int Count = 5000; // 50 MB
        using var subscribed = new BlockingCollection<string>();
        using PublisherSocket publisher = PublisherSocket.Bind(
            AnyPort,
            topic =>
            {
                subscribed.Add(Text(topic));
                return null;
            },
            new TransportLimits { MaxQueuedMessages = 100 });
        using PeerProcess slow = Subscriber(publisher, highWaterMark: 1);
        slow.Say("subscribe");
        Take(subscribed);
        byte[] body = new byte[10_000];
        for (int i = 0; i < Count; i++)
        {
            publisher.Publish([Text("n"), Text(i.ToString(CultureInfo.InvariantCulture)), body]);
        }

        slow.Say("count end");
        Assert.True(publisher.WaitUntilSent(s_patience)); // it reads now
        publisher.Publish(Texts("end"));

        string[] answer = (await slow.Hear()).Split(' ', 2);
        Assert.InRange(int.Parse(answer[0], CultureInfo.InvariantCulture), 100, Count - 1);
        Assert.Equal("rising", answer[1]);
    }

    [PyzmqFact]
    public async Task Publisher_TenThousandMessagesAtOnce_AllArrive()
    {
        const int Count = 10_000;
        using PublisherSocket publisher = PublisherSocket.Bind(AnyPort, _ => Texts("welcome"));
        using PeerProcess slow = Subscriber(publisher, highWaterMark: 1);
        slow.Say("subscribe");
        slow.Say("receive");
        Assert.Equal("welcome", await slow.Hear()); // from here on the subscription holds
        byte[] body = new byte[10_000];
        for (int i = 0; i < Count; i++)
        {
            publisher.Publish([Text("n"), Text(i.ToString(CultureInfo.InvariantCulture)), body]);
        }

        publisher.Publish(Texts("end"));
        slow.Say("count end");

        Assert.Equal("10000 rising", await slow.Hear());
    }

    private static PeerProcess Subscriber(PublisherSocket publisher, int highWaterMark = 1000) =>
        PeerProcess.Start(PeerProcess.Python, "pyzmq/subscriber.py", publisher.Address, highWaterMark.ToString(CultureInfo.InvariantCulture));

    private static async Task<string> Receive(PeerProcess subscriber)
    {
        subscriber.Say("receive");
        return await subscriber.Hear();
    }

    private static string Take(BlockingCollection<string> subscribed) =>
        subscribed.TryTake(out string? topic, s_patience) ? topic : throw new TimeoutException("nobody subscribed");
}
