namespace MlOps.Kernel.Tests.Installing;

/// <summary>The script that front ends start: the command of the course, or one sentence that says what to do.</summary>
public sealed class LauncherScriptTests : IDisposable
{
    private const string Report = "printf '%s\\n' \"$@\" \"$MLOPS_ROOT\" \"$DOTNET_ROOT\" \"$PATH\"\n";
    private readonly KernelPlace _place = new();

    public void Dispose() => _place.Dispose();

    [ShellFact]
    public void Launch_PublishedCommand_GetsTheConnectionFileAndFindsItsCourse()
    {
        _place.Publish(Report);
        _place.Kernel.Install(_place.Course);
        string[] said = Launch("/run/kernel 1.json").Output.Split('\n');
        Assert.Equal(["kernel", "start", "/run/kernel 1.json", _place.Course], said[..4]);
    }

    [ShellFact]
    public void Launch_FromADesktopWithoutPath_FindsDotnetWhereItWasOnInstalling()
    {
        _place.Publish(Report);
        _place.Kernel.Install(_place.Course);
        string[] said = Launch("c.json", new Dictionary<string, string?> { ["PATH"] = null, ["DOTNET_ROOT"] = null }).Output.Split('\n');
        Assert.True(File.Exists(Path.Combine(said[4], "dotnet")), said[4]);
        Assert.True(Directory.Exists(Path.Combine(said[4], "shared", "Microsoft.NETCore.App")), said[4]);
        Assert.EndsWith(":" + said[4], said[5], StringComparison.Ordinal);
    }

    [ShellFact]
    public void Launch_DotnetThatHasMoved_IsLeftToTheEnvironment()
    {
        _place.Publish(Report);
        _place.Kernel.Install(_place.Course);
        File.WriteAllText(_place.InKernel("course.txt"), $"{_place.Course}\n/nowhere/dotnet\n");
        string[] said = Launch("c.json", new Dictionary<string, string?> { ["PATH"] = "/usr/bin:/bin", ["DOTNET_ROOT"] = "/mine" }).Output.Split('\n');
        Assert.Equal(["/mine", "/usr/bin:/bin"], said[4..6]);
    }

    [ShellFact]
    public void Launch_CommandNotBuilt_AsksTheCourseToSetUpFirst()
    {
        _place.Kernel.Install(_place.Course);
        Assert.Equal("set up, then kernel start c.json\n", Launch("c.json").Output);
    }

    [ShellFact]
    public void Launch_MovedCourse_SaysWhatToDoAndEndsWith1()
    {
        _place.Publish(Report);
        _place.Kernel.Install(_place.Course);
        Directory.Move(_place.Course, _place.Course + " moved");
        Started launched = Launch("c.json");
        Assert.Equal(1, launched.ExitCode);
        Assert.Empty(launched.Output);
        Assert.Equal($"Run './mlops kernel install' in the course's new folder: the course is no longer at {_place.Course}.\n", launched.Errors);
    }

    [ShellFact]
    public void Launch_WithoutItsOtherFile_NamesTheFile()
    {
        _place.Kernel.Install(_place.Course);
        File.Delete(_place.InKernel("course.txt"));
        Started launched = Launch("c.json");
        Assert.Equal(1, launched.ExitCode);
        Assert.Contains("course.txt", launched.Errors, StringComparison.Ordinal);
    }

    [JupyterClientFact]
    public void Jupyter_ListsTheKernelAndStartsTheCommand()
    {
        string witness = Path.Combine(_place.DataFolder, "witness");
        _place.Publish($"printf '%s\\n' \"$@\" \"$MLOPS_ROOT\" >'{witness}'\n");
        _place.Kernel.Install(_place.Course);
        string said = JupyterClientFactAttribute.Ask(
            """
            import sys
            from jupyter_client.kernelspec import KernelSpecManager
            from jupyter_client.manager import KernelManager
            spec = KernelSpecManager().get_kernel_spec("mlops-csharp")
            print(KernelSpecManager().find_kernel_specs()["mlops-csharp"])
            print(spec.display_name, spec.language, spec.interrupt_mode, sep="|")
            kernel = KernelManager(kernel_name="mlops-csharp", connection_file=sys.argv[1])
            kernel.start_kernel()
            kernel.provisioner.process.wait(30)
            kernel.cleanup_resources()
            """,
            new Dictionary<string, string?> { ["JUPYTER_DATA_DIR"] = _place.DataFolder },
            Path.Combine(_place.DataFolder, "a connection.json"));
        Assert.Equal($"{_place.Kernel.Path}\nC# (MlOps Course)|C#|message", said);
        Assert.Equal(["kernel", "start", Path.Combine(_place.DataFolder, "a connection.json"), _place.Course], File.ReadAllLines(witness));
    }

    private Started Launch(string connectionFile, IReadOnlyDictionary<string, string?>? environment = null) =>
        Started.Run(_place.InKernel("launch.sh"), [connectionFile], environment);
}
