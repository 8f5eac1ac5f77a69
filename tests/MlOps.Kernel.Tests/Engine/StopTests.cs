using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

/// <summary>Cells that would run for ever.</summary>
public sealed class StopTests
{
    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("Thread.Sleep(-1);")]
    [InlineData("Task.Delay(-1).Wait();")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("new TaskCompletionSource<int>().Task.Result")]
    [InlineData("await Task.Yield(); while (true) { }")]
    [InlineData("await Task.Yield(); Thread.Sleep(-1);")]
    [InlineData("while (true) { try { Thread.Sleep(10); } catch { } }")]
    [InlineData("while (true) { try { while (true) { } } catch (Exception) { } }")]
    [InlineData("async Task F() { while (true) { try { await Task.Delay(1); } catch { } } } await F();")]
    [InlineData("lock (string.Intern(\"a\")) { Monitor.Wait(string.Intern(\"a\")); }")]
    [InlineData("Parallel.For(0, 2, _ => Thread.Sleep(3000));")]
    [InlineData("class Endless { public override string ToString() { while (true) { } } }\nthrow new Exception(new Endless().ToString());")]
    [InlineData("class Endless { public IReadOnlyDictionary<string, string> ToMimeBundle() { while (true) { } } }\nnew Endless()")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Select(i => { Thread.Sleep(50); return i; }).Count(i => i < 0)")]
    [InlineData("while (true) Console.Write(1);")]
    [InlineData("while (true) { try { Console.Write(1); } catch { } }")]
    [InlineData("while (true) { try { while (true) Console.Out.Flush(); } catch { } }")]
    [InlineData("var d = display(1); while (true) d.Update(2);")]
    [InlineData("var a = new AsyncLocal<int>(); do { _ = a.Value; a.ToString(); } while (true);")]
    [InlineData("foreach (var i in Enumerable.Range(0, int.MaxValue)) foreach (var j in Enumerable.Range(0, int.MaxValue)) i.Equals(j);")]
    [InlineData("IEnumerable<int> All() { for (int i = 0; ; i++) yield return i; }\nAll().Count(i => i < 0)")]
    public async Task Run_EndlessCell_TimesOutAndKeepsEarlierState(string code)
    {
        using var session = new Session();
        await session.Run("var x = 7;");

        RanCell cell = await session.Run(code, Session.Short);

        Assert.Equal(CellStatus.TimedOut, cell.Status);
        Assert.Equal("CellTimedOut", cell.Error.Name);
        Assert.Equal("cell 2 ran longer than its limit of 0.3 s and was stopped. Variables of earlier cells are kept.", cell.Error.Message);
        Assert.Equal(8, (await session.Run("Thread.Sleep(5); await Task.Delay(5); Thread.Sleep(5); x + 1")).Value); // no interrupt leaks in
    }

    [Fact]
    public async Task Run_InterruptedCell_SaysWhereItWasAndRunsFinally()
    {
        using var session = new Session();
        await session.Run("var cleaned = false;");

        RanCell cell = await session.RunUntilOutput("var i = 0;\ntry\n{ Console.Write(\"begun\"); while (true) { i++; } }\nfinally { cleaned = true; }", "begun");

        Assert.Equal(CellStatus.Interrupted, cell.Status);
        Assert.Equal("CellInterrupted", cell.Error.Name);
        Assert.Contains("cell 2, line 3", cell.Traceback, StringComparison.Ordinal);
        Assert.Equal(true, (await session.Run("cleaned")).Value);
    }

    [Fact]
    public async Task Run_PrintingCellsStoppedOneAfterTheOther_LeaveNothingBroken()
    {
        using var session = new Session(new EngineOptions { MaxStreamBytes = long.MaxValue });
        for (int i = 0; i < 20; i++)
        {
            RanCell stopped = await session.RunUntilOutput("while (true) { try { while (true) Console.Write(1); } catch { } finally { Console.Write(\"end\"); } }", "1");
            RanCell next = await session.Run("Console.Write(\"ok\");");

            Assert.Equal(CellStatus.Interrupted, stopped.Status);
            Assert.EndsWith("end", stopped.Stdout, StringComparison.Ordinal);
            Assert.Equal("ok", next.Stdout);
        }
    }

    [Theory]
    [InlineData("Thread.Sleep(400);")] // longer than what wakes other waits
    [InlineData("for (long until = Environment.TickCount64 + 400; Environment.TickCount64 < until;) { }")] // longer than what other loops are given
    public async Task Run_CellStoppedAtACheck_HasTimeForItsFinallyBlock(string work)
    {
        using var session = new Session();
        RanCell cell = await session.RunUntilOutput($"try {{ while (true) Console.Write(1); }} finally {{ {work} Console.Write(\"end\"); }}", "1");

        Assert.Equal(CellStatus.Interrupted, cell.Status);
        Assert.EndsWith("end", cell.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FinallyBlockThatWaitsForEver_IsWokenInTheEnd()
    {
        using var session = new Session(new EngineOptions { StopGrace = TimeSpan.FromSeconds(60) });

        RanCell cell = await session.RunUntilOutput("try { while (true) Console.Write(1); } finally { Thread.Sleep(-1); }", "1");

        Assert.Equal(CellStatus.Interrupted, cell.Status);
    }

    [Fact]
    public async Task Run_BackgroundLoopOfAnEarlierCell_GoesOnWhenALaterOneIsStopped()
    {
        using var session = new Session();
        await session.Run("var ticks = 0; _ = Task.Run(() => { while (true) { Thread.Sleep(1); ticks++; } });");
        await session.Run("while (true) { Thread.Sleep(1); }", Session.Short);

        Assert.Equal(true, (await session.Run("var before = ticks; SpinWait.SpinUntil(() => Volatile.Read(ref ticks) > before, 60_000)")).Value);
    }

    [Theory]
    [InlineData("int s = 0; for (int i = 0; i < 3; i++) for (int j = 0; j < 2; j++) s += Math.Max(i, j).CompareTo(-1); s", 6)]
    [InlineData("int n = 0; while (n < 5) n = new int[] { n }.Sum() + 1;\nn", 5)]
    [InlineData("int k = 0; do k = k.GetHashCode() + 1; while (k < 4); k", 4)]
    [InlineData("var list = new List<int>(); foreach (var (a, b) in new[] { (1, 2) }) list.Add(a + b);\nlist.Single()", 3)]
    [InlineData("int c = 0; try { throw new Exception(); } catch (Exception e) when (e.Message.Length > 0) { c = 9; }\nc", 9)]
    [InlineData("int t = 0; for (int i = 0; i < 3; i++) if (int.TryParse(\"4\", out var p)) t += p;\nt", 12)]
    public async Task Run_LoopsAndCatchBlocks_StillMeanWhatTheySay(string code, int value)
    {
        using var session = new Session();

        Assert.Equal(value, (await session.Run(code)).Value);
    }

    [Theory]
    [InlineData("for (int i = 0; i < 2; i++) Foo(i);", "column 29")]
    [InlineData("while (true) { \"\".ToString(); Foo(); }", "column 31")]
    [InlineData("try { } catch { Foo(); }", "column 17")]
    [InlineData("var x = 1; foreach (var c in \"ab\") c.ToString(); var y = Foo();", "column 58")]
    public async Task Run_ErrorBesideALoop_NamesTheUsersColumn(string code, string column)
    {
        using var session = new Session();

        Assert.Contains(column, (await session.Run(code)).Traceback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InterruptAskedBefore_StopsAtOnce()
    {
        using var session = new Session();

        RanCell cell = await session.Run("while (true) { }", interrupt: new CancellationToken(canceled: true));

        Assert.Equal(CellStatus.Interrupted, cell.Status);
    }

    [Fact]
    public async Task Run_OutputBeforeTheStop_IsDelivered()
    {
        using var session = new Session();

        RanCell cell = await session.RunUntilOutput("Console.Write(\"before\"); display(1); Console.Write(\"after\"); while (true) { }", "after");

        Assert.Equal("beforeafter", cell.Stdout);
        Assert.IsType<ErrorOutput>(cell.Outputs[^1]);
    }

    [Fact]
    public async Task Run_LoopsAfterAwaitOfAStoppedCell_DoNotGoOn()
    {
        using var session = new Session();
        await session.Run("var ticks = 0; async void Tick() { while (true) { if (++ticks == 3) Console.Write(\"ticking\"); await Task.Delay(1); } }");

        await session.RunUntilOutput("Tick(); await Task.Delay(-1);", "ticking");
        object? first = (await session.Run("ticks")).Value;
        object? later = (await session.Run("await Task.Delay(100); ticks")).Value;

        Assert.Equal(first, later);
    }

    [Fact]
    public async Task Run_EveryPoolThreadBlocked_StillTimesOut()
    {
        using var session = new Session();

        long start = Stopwatch.GetTimestamp();
        RanCell cell = await session.Run("for (int i = 0; i < 12; i++) ThreadPool.UnsafeQueueUserWorkItem(_ => Thread.Sleep(800), null); await Task.Delay(-1);", Session.Short);

        Assert.Equal(CellStatus.TimedOut, cell.Status);
        Assert.True(cell.Result.Duration < TimeSpan.FromSeconds(60), $"took {Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public async Task Run_NativeCodeThatDoesNotReact_IsReportedUnstoppable()
    {
        using var session = new Session(new EngineOptions { StopGrace = TimeSpan.FromSeconds(2) });
        await session.Run("var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0); listener.Start(); var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;");
        int port = (int)(await session.Run("port")).Value!;

        using var first = new TcpClient();
        await first.ConnectAsync(IPAddress.Loopback, port);

        RanCell cell = await session.RunUntilOutput("listener.AcceptSocket(); Console.Write(\"accepted\"); listener.AcceptSocket();", "accepted"); // the second waits in native code

        Assert.Equal(CellStatus.Unstoppable, cell.Status);
        Assert.Equal("CellUnstoppable", cell.Error.Name);
        Assert.Contains("could not be stopped", cell.Error.Message, StringComparison.Ordinal);
        Assert.Equal(port, (await session.Run("port")).Value); // the engine goes on; the owner decides whether to restart
        using var unblock = new TcpClient();
        await unblock.ConnectAsync(IPAddress.Loopback, port);
    }

    [Fact]
    public async Task Run_LimitNotReached_ChangesNothing()
    {
        using var session = new Session();

        RanCell cell = await session.Run("await Task.Delay(10); 5", TimeSpan.FromSeconds(60));

        Assert.Equal(CellStatus.Ok, cell.Status);
        Assert.Equal(5, cell.Value);
    }
}
