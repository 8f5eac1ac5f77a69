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
          publish)
            while [ "$1" != -o ]; do shift; done
            mkdir -p "$2" && : >"$2/mlops.dll" ;;
          */mlops.dll)
            shift
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
        Assert.Contains("✓ ONNX Runtime               mlops onnx status\n", Launch("", "doctor").Output, StringComparison.Ordinal);
    }

    private CommandResult Launch(string status, params string[] arguments) => _clone.Launch(new Dictionary<string, string> { ["STATUS"] = status }, arguments);
}
