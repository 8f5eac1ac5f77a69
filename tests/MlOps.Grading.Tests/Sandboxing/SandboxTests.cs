using MlOps.Grading.Calling;
using MlOps.Grading.Sandboxing;

namespace MlOps.Grading.Tests.Sandboxing;

public sealed class SandboxTests
{
    private static readonly StudentAssembly s_work = SourceCompiler.Compile("public static class Work { public static string Run() => \"ran\"; }");

    [BubblewrapFact]
    public void Detect_WithBubblewrap_NothingIsMissing()
    {
        Assert.Empty(Sandboxes.Best.NotIsolated);
        Assert.Equal("Sandbox: bubblewrap, limits, filter of system calls.", Sandboxes.Best.Description);
    }

    [Fact]
    public void Detect_WithoutBubblewrap_SaysWhatIsMissing()
    {
        Assert.False(Sandboxes.Weaker.IsFull);
        Assert.Contains(Sandboxes.Weaker.NotIsolated, sentence => sentence.StartsWith("FILES:", StringComparison.Ordinal));
    }

    [LinuxFact]
    public void Detect_BubblewrapThatFails_FallsBackAndSaysWhy()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // the attribute says so already, but not to the compiler
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-test-");
        string bwrap = Path.Combine(folder.FullName, "bwrap");
        File.WriteAllText(bwrap, "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n");
        File.SetUnixFileMode(bwrap, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var sandbox = Sandbox.Detect(null, null, Isolation.Bubblewrap, bwrap);

        Assert.False(sandbox.IsFull);
        Assert.Contains("Bubblewrap would isolate these, but: bwrap: No permissions to create new namespace.", sandbox.NotIsolated);
        using StudentCode code = StudentCode.Start(sandbox, s_work, TimeSpan.FromMinutes(1));
        Assert.Equal("ran", code.Static<StudentRun.IWork>().Run());
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Detect_PlainMode_SaysEverythingAndRuns()
    {
        var sandbox = Sandbox.Detect(null, null, Isolation.Plain);
        using StudentCode code = StudentCode.Start(sandbox, s_work, TimeSpan.FromMinutes(1));

        Assert.Equal("ran", code.Static<StudentRun.IWork>().Run());
        Assert.Contains(sandbox.NotIsolated, sentence => sentence.StartsWith("LIMITS:", StringComparison.Ordinal));
        Assert.False(sandbox.IsFull);
    }

    [Fact]
    public void Start_WeakerMode_FolderIsPrivateAndDeleted()
    {
        string folder;
        using (StudentCode code = StudentCode.Start(Sandboxes.Weaker, SourceCompiler.Compile("public static class Work { public static string Run() { File.WriteAllText(\"x\", \"x\"); return Environment.CurrentDirectory; } }"), TimeSpan.FromMinutes(1)))
        {
            folder = code.Static<StudentRun.IWork>().Run();
            Assert.True(File.Exists(Path.Combine(folder, "x")));
        }

        Assert.False(Directory.Exists(folder));
    }

    [LinuxFact]
    public void Start_ProcessorTimeUsedUp_TimesOut()
    {
        var sandbox = Sandbox.Detect(null, new SandboxLimits { CpuTime = TimeSpan.FromSeconds(1) });
        using StudentCode code = StudentCode.Start(sandbox, SourceCompiler.Compile("public static class Work { public static string Run() { while (true) { } } }"), TimeSpan.FromMinutes(5));

        StudentCodeException problem = Assert.Throws<StudentCodeException>(() => code.Static<StudentRun.IWork>().Run());

        Assert.Equal(StudentProblem.TimedOut, problem.Problem);
        Assert.Equal("Run used more than 1 s of processor time.", problem.Message);
    }

    [Fact]
    public void Start_LibraryOutsideItsFolders_Refused()
    {
        using var folder = new LibraryFolder();
        var sandbox = Sandbox.Detect([folder.Path], null, Isolation.Plain);

        Assert.Throws<ArgumentException>("libraries", () => StudentCode.Start(sandbox, s_work with { LibraryPaths = [typeof(SandboxTests).Assembly.Location] }, TimeSpan.FromSeconds(5)));
        Assert.Throws<ArgumentException>("libraries", () => StudentCode.Start(sandbox, s_work with { LibraryPaths = [Path.Combine(folder.Path, "none.dll")] }, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Start_WithoutTheLibraryItNeeds_SaysWhich()
    {
        using var folder = new LibraryFolder();
        byte[] image = SourceCompiler.Image("student", "public static class Work { public static string Run() => Course.Name.Text; }", folder.Library);
        using StudentCode code = StudentCode.Start(Sandboxes.Best, new StudentAssembly("1.1-test", image, []), TimeSpan.FromMinutes(1));

        StudentCodeException problem = Assert.Throws<StudentCodeException>(() => code.Static<StudentRun.IWork>().Run());

        Assert.Equal("Run needs the library course, which this exercise does not offer.", problem.Message);
    }

    [LinuxFact]
    public void Dispose_AtAnyMomentOfTheStart_LeavesNoProcess()
    {
        using var folder = new LibraryFolder(); // its path is on the command line of bubblewrap: so its processes can be told from others
        for (int milliseconds = 0; milliseconds < 40; milliseconds++)
        {
            using StudentCode code = StudentCode.Start(Sandboxes.Best, s_work with { LibraryPaths = [folder.Library] }, TimeSpan.FromMinutes(1));
            Thread.Sleep(milliseconds);
        }

        Assert.True(SpinWait.SpinUntil(() => ProcessTree.WithArgument(folder.Library).Count == 0, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Start_ManyAtOnce_EachAnswersForItself()
    {
        int[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            using StudentCode code = StudentCode.Start(Sandboxes.Best, SourceCompiler.Compile(FormattableString.Invariant($"public static class Work {{ public static string Run() => \"{i}\"; }}")), TimeSpan.FromMinutes(1));
            return int.Parse(code.Static<StudentRun.IWork>().Run(), System.Globalization.CultureInfo.InvariantCulture);
        })));

        Assert.Equal(Enumerable.Range(0, 8), answers);
    }
}
