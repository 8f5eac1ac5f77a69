using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Tests.Engine;

/// <summary>Whatever a cell throws, the next one runs.</summary>
public sealed class SurvivalTests
{
    [Theory]
    [InlineData("async void F() { await Task.Delay(1); throw new TimeoutException(\"late\"); }\nF(); await Task.Delay(-1);")]
    [InlineData("async void F() { throw new TimeoutException(\"late\"); }\nF(); await Task.Delay(-1);")]
    [InlineData("new Thread(() => throw new TimeoutException(\"late\")).Start(); Thread.Sleep(-1);")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => throw new TimeoutException(\"late\")); Thread.Sleep(-1);")]
    [InlineData("using var t = new Timer(_ => throw new TimeoutException(\"late\"), null, 1, -1); Thread.Sleep(-1);")]
    public async Task Run_ExceptionInBackground_IsReportedAndSurvived(string code)
    {
        using var session = new Session();

        RanCell cell = await session.RunUntilOutput(code, "line 1"); // the cell is there to see it, for as long as it takes

        Assert.Equal(CellStatus.Interrupted, cell.Status);
        Assert.Contains("[cell 1: unhandled exception in background code]\nTimeoutException: late\n  cell 1, line 1", cell.Stderr, StringComparison.Ordinal);
        Assert.Equal(2, (await session.Run("1 + 1")).Value);
    }

    [Theory]
    [InlineData("class E : Exception { public override string Message => throw new Exception(); }\nthrow new E();", "E")]
    [InlineData("class E : Exception { public override string Message => null; }\nthrow new E();", "E")]
    [InlineData("class T { static T() => throw new TimeoutException(); public static int V; }\nT.V", "TypeInitializationException")]
    [InlineData("class T { public IReadOnlyDictionary<string, string> ToMimeBundle() => throw new TimeoutException(); }\nnew T()", "TimeoutException")]
    [InlineData("throw new OperationCanceledException();", "OperationCanceledException")]
    [InlineData("throw new OutOfMemoryException();", "OutOfMemoryException")]
    [InlineData("Thread.CurrentThread.Interrupt(); Thread.Sleep(10);", "ThreadInterruptedException")]
    [InlineData("using var d = new D();\nclass D : IDisposable { public void Dispose() => throw new TimeoutException(); }", "TimeoutException")]
    public async Task Run_NastyException_IsDescribedAndSurvived(string code, string name)
    {
        using var session = new Session();

        RanCell cell = await session.Run(code);

        Assert.Equal(CellStatus.Failed, cell.Status);
        Assert.Equal(name, cell.Error.Name);
        Assert.Equal(2, (await session.Run("1 + 1")).Value);
    }

    /// <summary>The oracle is a <c>using</c> block of a program, whose Dispose runs while the exception is on its way.</summary>
    [Theory]
    [InlineData("throw new FormatException();", "True")]
    [InlineData("", "False")]
    public async Task Dispose_AtTheEndOfACell_CanSeeWhetherItFailed(string last, string sees)
    {
        using var session = new Session();
        RanCell cell = await session.Run($"using var d = new D();\n{last}\nclass D : IDisposable {{ public void Dispose() => Console.Write(System.Runtime.InteropServices.Marshal.GetExceptionPointers() != 0); }}");
        Assert.Equal(sees, cell.Stdout);
    }

    [Fact]
    public async Task Run_DisposeThrowsInAFailedCell_FirstErrorIsTheCells()
    {
        using var session = new Session();

        RanCell cell = await session.Run("using var d = new D();\nthrow new FormatException();\nclass D : IDisposable { public void Dispose() => throw new TimeoutException(); }");

        Assert.Equal("FormatException", cell.Error.Name);
        Assert.Contains("TimeoutException", cell.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnobservedTask_IsIgnored()
    {
        using var session = new Session();

        await session.Run("_ = Task.Run(() => { throw new Exception(); });");

        Assert.Equal(2, (await session.Run("GC.Collect(); GC.WaitForPendingFinalizers(); 1 + 1")).Value);
    }

    [Fact]
    public async Task Run_ObjectWhosePropertiesThrow_IsStillShown()
    {
        using var session = new Session();

        RanCell cell = await session.Run("class T { public int A => 1; public int B => throw new Exception(\"no B\"); public override string ToString() => throw new Exception(\"no text\"); }\nnew T()");

        Assert.Equal(CellStatus.Ok, cell.Status);
        Assert.Contains("no B", Assert.IsType<ResultOutput>(Assert.Single(cell.Outputs)).Bundle["text/html"], StringComparison.Ordinal);
        Assert.Equal(2, (await session.Run("1 + 1")).Value);
    }

    [Fact]
    public async Task Run_InterruptPendingAtTheEnd_DoesNotReachTheNextCell()
    {
        using var session = new Session();

        await session.Run("Thread.CurrentThread.Interrupt();");

        Assert.Equal(1, (await session.Run("Thread.Sleep(5); 1")).Value);
    }

    [Fact]
    public async Task Run_HundredCells_NoneIsSlowedByTheChain()
    {
        using var session = new Session();
        await session.Run("int total = 0;");
        for (int i = 0; i < 100; i++)
        {
            RanCell cell = await session.Run($"var v{i} = {i}; total += v{i};");
            Assert.Equal(CellStatus.Ok, cell.Status);
        }

        Assert.Equal(4950, (await session.Run("total")).Value);
        Assert.Equal(99, (await session.Run("v0 + v99")).Value);
    }
}
