using MlOps.Kernel.Transport;
using static MlOps.Kernel.Tests.Transport.WireBytes;

namespace MlOps.Kernel.Tests.Transport;

/// <summary>Our sockets against zeromq.js.</summary>
public class ZeromqJsTests
{
    private const string AnyPort = "tcp://127.0.0.1:0";

    [ZeromqJsFact]
    public async Task Sockets_DealerRequestAndSubscriber_AreServed()
    {
        using EchoSocket heartbeat = EchoSocket.Bind(AnyPort);
        using PublisherSocket publisher = PublisherSocket.Bind(AnyPort, topic => [topic, Text("welcome")]);
        using RouterSocket router = RouterSocket.Bind(AnyPort);
        var server = new Thread(() =>
        {
            while (router.Receive() is { } message)
            {
                if (Text(message.Frames[0]) == "publish")
                {
                    publisher.Publish([.. message.Frames.Skip(1)]);
                }

                router.Send(message.Identity, message.Frames);
            }
        });
        server.IsBackground = true;
        server.Start();

        await PeerProcess.Succeed(PeerProcess.Node, "zeromq/client.cjs", router.Address, heartbeat.Address, publisher.Address);
    }
}
