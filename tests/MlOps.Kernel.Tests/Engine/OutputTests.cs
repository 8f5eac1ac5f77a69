using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

/// <summary>Printed text and its order among displays.</summary>
public sealed class OutputTests
{
    [Fact]
    public async Task Run_WritesAndDisplaysMixed_ArriveInOrder()
    {
        using var session = new Session();

        RanCell cell = await session.Run("Console.Write(1); Console.Write('x'); display(2); Console.Error.WriteLine(\"e\"); Console.WriteLine(3.5); \"end\"");

        Assert.Collection(
            cell.Outputs,
            output => Assert.Equal(new StreamOutput("stdout", "1x"), output),
            output => Assert.Equal("2", Assert.IsType<DisplayOutput>(output).Bundle["text/plain"]),
            output => Assert.Equal(new StreamOutput("stderr", "e\n"), output),
            output => Assert.Equal(new StreamOutput("stdout", "3.5\n"), output),
            output => Assert.Equal("end", Assert.IsType<ResultOutput>(output).Bundle["text/plain"]));
    }

    [Fact]
    public async Task Run_WritesFromTasksAndThreads_BelongToTheCell()
    {
        using var session = new Session();

        RanCell cell = await session.Run(
            "await Task.Run(() => Console.Write(\"task \")); var t = new Thread(() => Console.Write(\"thread \")); t.Start(); t.Join(); await Task.Delay(1); Console.Write(\"after\");");

        Assert.Equal("task thread after", cell.Stdout);
    }

    [Fact]
    public async Task Run_LongRunningPrint_ArrivesBeforeTheEnd()
    {
        using var engine = new NotebookEngine();
        var first = new TaskCompletionSource<CellOutput>();
        using var stop = new CancellationTokenSource();

        Task<CellResult> running = engine.RunAsync("Console.Write(\"early\"); await Task.Delay(-1);", null, output => first.TrySetResult(output), stop.Token);

        Assert.Equal(new StreamOutput("stdout", "early"), await first.Task);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Run_CellPrints100Megabytes_KeepsTheLimitAndSaysSo()
    {
        using var session = new Session();

        RanCell cell = await session.Run("var line = new string('a', 99); for (int i = 0; i < 1_000_000; i++) Console.WriteLine(line); \"done\"");

        Assert.Equal("done", cell.Value);
        Assert.Equal(1 << 20, cell.Stdout.Length);
        Assert.Equal("[cell 1 printed too much: 1,048,576 bytes are shown, 98,951,424 more were dropped. Print less, or write the text to a file.]\n", cell.Stderr);
    }

    [Fact]
    public async Task Run_LimitInsideACharacter_DoesNotSplitIt()
    {
        using var session = new Session(new EngineOptions { MaxStreamBytes = 5 });

        RanCell cell = await session.Run("Console.Write(\"ab\"); Console.Write(\"\\U0001F600\"); Console.Write(\"c\");");

        Assert.Equal("ab", cell.Stdout);
        Assert.Contains("2 bytes are shown, 5 more were dropped", cell.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LimitIsPerCell_NextCellPrintsAgain()
    {
        using var session = new Session(new EngineOptions { MaxStreamBytes = 3 });

        await session.Run("Console.Write(\"12345\");");

        Assert.Equal("abc", (await session.Run("Console.Write(\"abc\");")).Stdout);
    }

    [Fact]
    public async Task Run_TooManyDisplays_DropsAndCounts()
    {
        using var session = new Session(new EngineOptions { MaxDisplays = 3 });

        RanCell cell = await session.Run("for (int i = 0; i < 10; i++) { var d = display(i); d.Update(-i); }");

        Assert.Equal(3, cell.Outputs.OfType<DisplayOutput>().Count(display => !display.IsUpdate));
        Assert.Equal(3, cell.Outputs.OfType<DisplayOutput>().Count(display => display.IsUpdate));
        Assert.Contains("3 displays are shown, 7 more were dropped", cell.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LateOutputOfAnEndedCell_IsDropped()
    {
        using var session = new Session();

        await session.Run("var ended = new TaskCompletionSource(); var late = Task.Run(async () => { await ended.Task; Console.Write(\"late\"); display(\"late\"); });");
        RanCell next = await session.Run("ended.SetResult(); await late; Console.Write(\"own\");");

        Assert.Equal("own", next.Stdout);
        Assert.Single(next.Outputs);
    }

    [Fact]
    public async Task Run_CellReplacesConsoleOut_NextCellIsCapturedAgain()
    {
        using var session = new Session();

        RanCell own = await session.Run("var w = new StringWriter(); Console.SetOut(w); Console.Write(\"mine\");");
        RanCell next = await session.Run("Console.Write(\"shown\"); w.ToString()");

        Assert.Equal("", own.Stdout);
        Assert.Equal("shown", next.Stdout);
    }

    [Fact]
    public async Task Run_ClearOutput_ComesInOrder()
    {
        using var session = new Session();

        RanCell cell = await session.Run("Console.Write(\"a\"); ClearOutput(wait: true); Console.Write(\"b\");");

        Assert.Equal([new StreamOutput("stdout", "a"), new ClearOutput(true), new StreamOutput("stdout", "b")], cell.Outputs);
    }

    [Fact]
    public async Task Run_LateOutputWithAReceiver_ReachesItWithinTheCellsLimits()
    {
        using var session = new Session(new EngineOptions { MaxStreamBytes = 10 });
        var late = new System.Collections.Concurrent.ConcurrentQueue<CellOutput>();

        RanCell first = await session.Run("var ended = new TaskCompletionSource(); var work = Task.Run(async () => { await ended.Task; Console.Write(\"late\"); display(1); Console.Write(\"too much\"); });", late: late.Enqueue);
        RanCell next = await session.Run("ended.SetResult(); await work; Console.Write(\"own\");");
        Assert.True(SpinWait.SpinUntil(() => late.Count >= 4, TimeSpan.FromSeconds(60)));

        Assert.Empty(first.Outputs);
        Assert.Equal([new StreamOutput("stdout", "own")], next.Outputs);
        Assert.Equal(new StreamOutput("stdout", "late"), late.ElementAt(0));
        Assert.IsType<DisplayOutput>(late.ElementAt(1));
        Assert.Equal("too mu", Assert.IsType<StreamOutput>(late.ElementAt(2)).Text);
        Assert.Equal("stderr", Assert.IsType<StreamOutput>(late.ElementAt(3)).Stream);
        Assert.Equal(4, late.Count);
    }

    [Fact]
    public async Task Run_ReadLineWithoutKeyboard_SaysWhatToDo()
    {
        using var session = new Session();

        RanCell cell = await session.Run("Console.ReadLine()");

        Assert.Equal(CellStatus.Failed, cell.Status);
        Assert.Contains("runs without a keyboard", cell.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ReadLineWithHook_AsksIt()
    {
        var answers = new Queue<string?>(["Asha", "42", null]);
        using var session = new Session();

        RanCell cell = await session.Run(
            "Console.ReadLine() + (char)Console.Read() + Console.ReadLine() + (Console.ReadLine() ?? \"-\")",
            input: (_, _, _) => answers.Dequeue());

        Assert.Equal("Asha42-", cell.Value);
    }

    [Fact]
    public async Task Run_TwoEnginesAtOnce_KeepTheirOutputAndState()
    {
        using var one = new Session();
        using var two = new Session();
        string Cell(string name) => $"var me = \"{name}\"; for (int i = 0; i < 200; i++) {{ Console.Write(me); if (i % 20 == 0) await Task.Delay(1); }} display(me);";

        RanCell[] cells = await Task.WhenAll(one.Run(Cell("a")), two.Run(Cell("b")));

        Assert.Equal(new string('a', 200), cells[0].Stdout);
        Assert.Equal(new string('b', 200), cells[1].Stdout);
        Assert.Equal("a", (await one.Run("me")).Value);
        Assert.Equal("b", (await two.Run("me")).Value);
    }
}
