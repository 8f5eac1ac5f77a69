using System.Diagnostics;
using MlOps.Kernel.Transport;
using static MlOps.Kernel.Tests.Transport.WireBytes;

namespace MlOps.Kernel.Tests.Transport;

/// <summary>Runs alone: it blocks every thread of the pool.</summary>
[CollectionDefinition(nameof(TransportThreadTests), DisableParallelization = true)]
[Collection(nameof(TransportThreadTests))]
public class TransportThreadTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void Sockets_WhileTheThreadPoolIsBlocked_StillServe()
    {
        var unblock = new ManualResetEventSlim(); // not disposed: the pool comes to its waits in its own time
        var poolRan = new ManualResetEventSlim();
        ThreadPool.GetMaxThreads(out int workers, out int ports);
        ThreadPool.GetMinThreads(out int least, out _);
        Assert.True(ThreadPool.SetMaxThreads(Math.Max(least, Environment.ProcessorCount), ports));
        try
        {
            for (int i = 0; i < 200; i++)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => unblock.Wait(), null);
            }

            ThreadPool.UnsafeQueueUserWorkItem(_ => poolRan.Set(), null);
            using RouterSocket router = RawPeer.Echo("tcp://127.0.0.1:0");
            using PublisherSocket publisher = PublisherSocket.Bind("tcp://127.0.0.1:0", topic => [topic, Text("hello")]);
            using EchoSocket echo = EchoSocket.Bind("tcp://127.0.0.1:0");

            using RawPeer dealer = RawPeer.Dealer(router.Address);
            byte[] large = [.. Of("02 0000000000989680"), .. new byte[10_000_000]]; // needs the writer's thread
            dealer.Send(large);
            Assert.Equal(large, dealer.Receive(large.Length));
            using RawPeer subscriber = RawPeer.Subscriber(publisher.Address);
            subscriber.Send("00 01 01");
            Assert.Equal(Of("01 00 00 05 'hello'"), subscriber.Receive(9));
            using RawPeer beat = RawPeer.Joined(echo.Address, ReadyReq, OurReadyRep);
            beat.Send("01 00 00 04 'ping'");
            Assert.Equal(Of("01 00 00 04 'ping'"), beat.Receive(8));

            Assert.False(poolRan.IsSet); // the pool was blocked all the while
        }
        finally
        {
            unblock.Set();
            ThreadPool.SetMaxThreads(workers, ports);
        }
    }

    [Fact]
    public void Dispose_WithPeersInEveryState_EndsAllThreads()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // the names of threads are read from /proc
        }

        RouterSocket router = RouterSocket.Bind("tcp://127.0.0.1:0", new TransportLimits { MaxWaitingMessages = 1 });
        string name = "zmtp " + router.Address.Split(':')[^1];
        using RawPeer unread = RawPeer.Joined(router.Address, ReadyDealerNamed, OurReadyRouter);
        unread.Send("00 01 'a'");
        Assert.NotNull(router.Receive());
        router.Send(Text("client-1"), [new byte[20_000_000]]);
        using var silent = new RawPeer(router.Address);
        using RawPeer halfway = RawPeer.Dealer(router.Address);
        halfway.Send("01 05 'ab'");
        using RawPeer heldBack = RawPeer.Dealer(router.Address);
        heldBack.Send("00 01 'a' 00 01 'a' 00 01 'a'");
        Assert.True(SpinWait.SpinUntil(() => Threads(name) == 6, s_patience), $"{Threads(name)} threads"); // 1 accepts, 4 read, 1 writes

        router.Dispose();

        var clock = Stopwatch.StartNew();
        Assert.True(SpinWait.SpinUntil(() => Threads(name) == 0, s_patience), $"{Threads(name)} threads after {clock.Elapsed}");
    }

    private static int Threads(string name)
    {
        int count = 0;
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            try
            {
                count += File.ReadAllText(task + "/comm").StartsWith(name, StringComparison.Ordinal) ? 1 : 0;
            }
            catch (IOException)
            {
                // this thread has ended while we looked
            }
        }

        return count;
    }
}
