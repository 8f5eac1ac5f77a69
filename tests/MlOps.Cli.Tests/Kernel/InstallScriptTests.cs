namespace MlOps.Cli.Tests.Kernel;

/// <summary>The scripts around the kernel, in a clone whose <c>dotnet</c> is a stand-in that says what it was asked for.</summary>
public sealed class InstallScriptTests : IDisposable
{
    private const string Dotnet =
        """
        #!/bin/sh
        case "$1" in
          --list-sdks) echo "10.0.100 [/usr/share/dotnet/sdk]" ;;
          restore) ;;
          build) built="${2%/src/*}/artifacts/bin/MlOps.Cli/release" && mkdir -p "$built" && : >"$built/mlops.dll" ;;
          publish)
            while [ "$1" != -o ]; do shift; done
            mkdir -p "$2" && : >"$2/mlops.dll" ;;
          */mlops.dll)
            shift
            [ "$*" != "onnx status" ] || { printf 'version\nlibrary\ncuda: %s\ncpu: computes\n' "$STATUS"; exit 0; }
            [ "$*" != "kernel status" ] || { echo "$STATUS"; exit 1; }
            echo "mlops $*" ;;
        esac
        """;

    private readonly ScriptClone _clone = new(); // without npm, node and python

    public InstallScriptTests() => _clone.StandIn("dotnet", Dotnet);

    public void Dispose() => _clone.Dispose();

    [BashFact]
    public void KernelInstall_WithoutNode_BuildsTheCommandAndRunsIt()
    {
        CommandResult installed = Launch("", "kernel", "install", "--user");
        Assert.True(installed.ExitCode == 0, installed.Errors);
        Assert.Equal("mlops kernel install --user\n", installed.Output);
        Assert.Contains("✓ build the course", installed.Errors, StringComparison.Ordinal);
    }

    [BashFact]
    public void OtherVerbs_WithoutNode_StillSayThatItIsMissing()
    {
        CommandResult run = Launch("", "run", "12");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Node.js with npm is missing", run.Errors, StringComparison.Ordinal);
    }

    [BashFact]
    public void Run_ForTheFirstTime_WritesThePagesBeforeItCompilesAheadOfTime()
    {
        _clone.StandIn("npm", "#!/bin/sh\nmkdir -p \"$2/node_modules/plotly.js-dist-min\"\n");
        CommandResult run = Launch("", "run", "12");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("mlops run 12\n", run.Output);
        int built = run.Errors.IndexOf("✓ build the course", StringComparison.Ordinal);
        int pages = run.Errors.IndexOf("mlops run --stored", StringComparison.Ordinal);
        int compiled = run.Errors.IndexOf("✓ compile it ahead of time", StringComparison.Ordinal);
        Assert.True(built >= 0 && built < pages && pages < compiled, run.Errors);
    }

    [BashFact]
    public void UnknownVerb_BeforeTheFirstBuild_IsToldAndBuildsNothing()
    {
        CommandResult typo = Launch("", "rnu", "12");
        Assert.Equal(2, typo.ExitCode);
        Assert.Equal("mlops: Unrecognized command or argument 'rnu'.\n'./mlops --help' shows how it is used.\n", typo.Errors);
        Assert.Equal("", typo.Output);
        Assert.False(Directory.Exists(_clone.At("artifacts")));
    }

    [BashFact]
    public void HelpOfAVerb_BeforeTheFirstBuild_ShowsItsLineAndBuildsNothing()
    {
        CommandResult help = Launch("", "run", "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.StartsWith("  run [week…] ", help.Output, StringComparison.Ordinal);
        Assert.EndsWith("Options and examples show once the course is built: ./mlops setup (once, three to four minutes).\n", help.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_clone.At("artifacts")));
    }

    [BashFact]
    public void HelpOfAVerb_AfterTheFirstBuild_IsTheCommandsOwn()
    {
        Launch("", "kernel", "install");
        Assert.Equal("mlops kernel --help\n", Launch("", "kernel", "--help").Output);
    }

    [BashFact]
    public void Doctor_KernelOfAnotherClone_SaysWhoseItIsAfterTheCommandThatMendsIt()
    {
        Launch("", "kernel", "install");
        Assert.Contains("✗ the C# kernel              mend:  ./mlops kernel install   (installed for another folder, /old)\n", Launch("installed for another folder, /old", "doctor").Output, StringComparison.Ordinal);
    }

    [BashFact]
    public void Doctor_CommandNotBuilt_StillNamesTheCommandThatMendsIt()
    {
        CommandResult doctor = Launch("", "doctor");
        Assert.Contains("✗ the C# kernel              mend:  ./mlops kernel install\n", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("✗ ONNX Runtime               mend:  ./mlops setup\n", doctor.Output, StringComparison.Ordinal);
    }

    [BashFact]
    public void Doctor_CommandBuilt_ShowsWhatItSaysOfOnnxRuntime()
    {
        Launch("", "kernel", "install");
        Assert.Contains("✓ ONNX Runtime               version\n", Launch("", "doctor").Output, StringComparison.Ordinal);
    }

    [BashFact]
    public void Doctor_Gpu_IsToldAndWhetherModelsRunOnIt()
    {
        Assert.Contains("– a GPU                      none that an NVIDIA driver lists; the CPU computes\n", Launch("", "doctor").Output, StringComparison.Ordinal);
        _clone.StandIn("nvidia-smi", "#!/bin/sh\necho NVIDIA L4\n");
        Assert.Contains("✗ a GPU                      mend:  ./mlops setup --gpu\n", Launch("", "doctor").Output, StringComparison.Ordinal);
        Launch("", "kernel", "install");
        Assert.Contains("✗ a GPU                      mend:  ./mlops setup --gpu   (libcublasLt.so.12: cannot open)\n", Launch("libcublasLt.so.12: cannot open", "doctor").Output, StringComparison.Ordinal);
        Assert.Contains("✓ a GPU                      NVIDIA L4\n", Launch("computes", "doctor").Output, StringComparison.Ordinal);
    }

    [BashFact]
    public void Doctor_Ends_WithWhatToDo()
    {
        CommandResult doctor = Launch("", "doctor"); // without Node.js, without anything built
        Assert.Equal(1, doctor.ExitCode);
        int missing = doctor.Output[..doctor.Output.IndexOf("Notebooks in", StringComparison.Ordinal)].Split('✗').Length - 1;
        Assert.EndsWith($"Missing: {missing} of what the course needs. Run what stands after 'mend:', from the top; then ./mlops doctor again.\n", doctor.Output, StringComparison.Ordinal);
    }

    private CommandResult Launch(string status, params string[] arguments) => _clone.Launch(new Dictionary<string, string> { ["STATUS"] = status }, arguments);
}
