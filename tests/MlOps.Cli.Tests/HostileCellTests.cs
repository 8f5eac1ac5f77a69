using System.Diagnostics;
using MlOps.Kernel.Notebooks;

namespace MlOps.Cli.Tests;

/// <summary>Whatever a cell does to its process, the notebook is written, the reason is told, and nothing is left running.</summary>
public sealed class HostileCellTests
{
    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("await Task.Yield(); while (true) { }")]
    public void Execute_CellWithoutEnd_StopsAtTheLimit(string endless)
    {
        using var notebook = new TestNotebook("\"kept\"", endless, "3"); // the limit leaves a busy machine time to compile the first cell
        CommandResult result = MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output, "--timeout", "6");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cell 2 failed", result.Errors, StringComparison.Ordinal);
        Assert.Equal(["kept"], notebook.TextsOf(1));
        Assert.IsType<StoredError>(notebook.OutputsOf(2).Single());
    }

    [Theory]
    [InlineData("Environment.Exit(0);", "Environment.Exit")]
    [InlineData("Environment.Exit(7);", "exit code 7")]
    [InlineData("Environment.FailFast(\"over and out\");", "over and out")]
    [InlineData("int F(int n) => F(n + 1) + 1;\nF(0)", "without end")]
    public void Execute_CellThatEndsTheProcess_IsToldAndEarlierOutputsAreKept(string deadly, string told)
    {
        using var notebook = new TestNotebook("\"kept\"", deadly, "3");
        CommandResult result = MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("cell 2 failed", result.Errors, StringComparison.Ordinal);
        Assert.Contains(told, result.Errors, StringComparison.Ordinal);
        Assert.Equal(["kept"], notebook.TextsOf(1));
        Assert.Equal("ProcessEnded", notebook.TextsOf(2).Last());
    }

    [Fact]
    public void Execute_ExceptionOnAThreadOfACell_IsReportedAndTheNotebookGoesOn()
    {
        using var notebook = new TestNotebook("var t = new Thread(() => throw new Exception(\"lost\")); t.Start(); t.Join();", "2");
        CommandResult result = MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output);
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("lost", notebook.TextsOf(1).Single(), StringComparison.Ordinal);
        Assert.Equal(["2"], notebook.TextsOf(2));
    }

    [Fact]
    public void Execute_CellThatPrints100Megabytes_KeepsTheFirstAndSaysSo()
    {
        using var notebook = new TestNotebook("var line = new string('x', 1023);\nfor (int i = 0; i < 102_400; i++) Console.WriteLine(line);", "\"after\"");
        CommandResult result = MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output);
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.InRange(new FileInfo(notebook.Output).Length, 1 << 20, 2 << 20);
        Assert.Contains("cell 1", string.Concat(notebook.TextsOf(1)), StringComparison.Ordinal);
        Assert.Equal(["after"], notebook.TextsOf(2));
    }

    [Fact]
    public void Execute_RunnerKilled_LeavesNoWorkerBehind()
    {
        using var notebook = new TestNotebook("System.IO.File.WriteAllText(\"pid\", Environment.ProcessId.ToString()); while (true) { }");
        using Process runner = MlopsCommand.Start(MlopsCommand.RepositoryRoot, "execute", notebook.Input, "-o", notebook.Output);
        string pidFile = notebook.At("pid");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(pidFile) && new FileInfo(pidFile).Length > 0, TimeSpan.FromSeconds(60)));
        int worker = int.Parse(File.ReadAllText(pidFile), System.Globalization.CultureInfo.InvariantCulture);
        runner.Kill();
        Assert.True(SpinWait.SpinUntil(() => !IsAlive(worker), TimeSpan.FromSeconds(60)));
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
