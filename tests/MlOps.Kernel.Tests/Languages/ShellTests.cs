using System.Diagnostics;
using MlOps.Kernel.Engine;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Languages;

public sealed class ShellTests
{
    [UnixTheory]
    [InlineData("#!sh\necho one; echo two >&2\nprintf 'ü\\n'", "one\nü\n", "two\n")]
    [InlineData("#!bash\nfor i in {1..3}; do echo $i; done", "1\n2\n3\n", "")]
    [InlineData("#!sh\ncat; echo end", "end\n", "")] // standard input is closed
    [InlineData("#!sh\n", "", "")]
    [InlineData("var words = \"a b\"; var list = new[] { 1, 2 };\n#!sh\n#!share --from csharp words\n#!share --from csharp list\necho \"$words $list\"", "a b [1,2]\n", "")]
    public async Task Run_Script_GivesItsOutput(string code, string stdout, string stderr)
    {
        using var session = new Session();

        RanCell cell = await session.Run(code);

        Assert.True(cell.Status == CellStatus.Ok, cell.Result.Error is null ? "" : cell.Traceback);
        Assert.Equal((stdout, stderr), (cell.Stdout, cell.Stderr));
    }

    [UnixFact]
    public async Task Run_Script_StartsInTheNotebooksFolder()
    {
        string folder = Directory.CreateTempSubdirectory("shell").FullName;
        using var session = new Session(new EngineOptions { WorkingDirectory = folder });

        await session.Run("#!sh\necho x > here.txt");

        Assert.Equal("x\n", await File.ReadAllTextAsync(Path.Combine(folder, "here.txt")));
        Directory.Delete(folder, recursive: true);
    }

    [UnixFact]
    public async Task Run_ExitCode_IsTheError()
    {
        using var session = new Session();

        RanCell cell = await session.Run("#!sh\necho before\nexit 3");

        Assert.Equal((CellStatus.Failed, "ShellExitException", "The sh script ended with exit code 3."), (cell.Status, cell.Error.Name, cell.Error.Message));
        Assert.Equal("before\n", cell.Stdout);
    }

    [UnixFact]
    public async Task Run_Output_ComesWhileTheScriptRuns()
    {
        using var session = new Session();
        using var stop = new CancellationTokenSource();

        RanCell cell = await session.Run("#!sh\necho started; sleep 600", TimeSpan.FromSeconds(120), output: _ => stop.Cancel(), interrupt: stop.Token);

        Assert.Equal(("started\n", CellStatus.Interrupted), (cell.Stdout, cell.Status)); // it came before the end, or nothing would have interrupted
    }

    [UnixTheory]
    [InlineData("echo $$; sleep 600")]
    [InlineData("sleep 600 & echo $$; wait")]
    [InlineData("(sleep 600 &)\necho $$; sleep 600")] // the first one has lost its parent
    [InlineData("trap '' INT TERM; echo $$; sleep 600; sleep 600")]
    public async Task Run_StoppedScript_LeavesNoProcess(string script)
    {
        using var session = new Session();
        using var stop = new CancellationTokenSource();

        RanCell cell = await session.Run($"#!sh\n{script}", TimeSpan.FromSeconds(120), output: _ => stop.Cancel(), interrupt: stop.Token);

        Assert.Equal(CellStatus.Interrupted, cell.Status);
        string group = cell.Stdout.Trim();
        for (Stopwatch guard = Stopwatch.StartNew(); Members(group).Length > 0 && guard.Elapsed < TimeSpan.FromSeconds(30);)
        {
            await Task.Delay(20);
        }

        Assert.Empty(Members(group));
        Assert.Equal("again\n", (await session.Run("#!sh\necho again")).Stdout);
    }

    [UnixFact]
    public async Task Run_BackgroundProcess_DoesNotHoldTheCell()
    {
        using var session = new Session();

        RanCell cell = await session.Run("#!sh\nsleep 600 & echo $!", TimeSpan.FromSeconds(120));

        Assert.Equal(CellStatus.Ok, cell.Status);
        Process.GetProcessById(int.Parse(cell.Stdout, System.Globalization.CultureInfo.InvariantCulture)).Kill();
    }

    [UnixTheory]
    [InlineData("#!sh -x\necho", "'-x' is too much. Write: #!sh")]
    [InlineData("#!sh\n#!set --name a-b --value 1\necho", "'a-b' is no name for a shell variable")]
    public async Task Run_WrongUse_SaysWhatIsNeeded(string code, string expected)
    {
        using var session = new Session();

        Assert.StartsWith(expected, (await session.Run(code)).Error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Run_EndlessOutput_IsCappedAndStoppable()
    {
        using var session = new Session(new EngineOptions { MaxStreamBytes = 1000 });

        RanCell cell = await session.RunUntilOutput("#!sh\nyes", "y");

        Assert.Equal(CellStatus.Interrupted, cell.Status);
        Assert.Equal(1000, cell.Stdout.Length);
    }

    /// <summary>The processes of a group that are no zombies.</summary>
    private static string[] Members(string group)
    {
        using Process ps = Process.Start(new ProcessStartInfo("ps", "-eo pgid=,stat=,args=") { RedirectStandardOutput = true })!;
        string[] lines = ps.StandardOutput.ReadToEnd().Split('\n');
        return [.. lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 2 && words[0] == group && words[1][0] != 'Z').Select(words => string.Join(' ', words))];
    }
}
