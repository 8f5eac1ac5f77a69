using System.Diagnostics;

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

    // What the scripts call, and no npm, node or python.
    private static readonly string[] s_tools =
    [
        "bash", "sh", "dirname", "head", "tail", "cut", "sed", "grep", "tr", "df", "awk", "id", "git", "find", "cat", "mkdir", "mktemp", "touch", "rm", "sort", "sleep",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops clone-");

    public InstallScriptTests()
    {
        File.Copy(Path.Combine(MlopsCommand.RepositoryRoot, "mlops"), Path.Combine(_folder.FullName, "mlops"));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "eng"));
        foreach (string script in new[] { "common.sh", "setup.sh", "doctor.sh" })
        {
            File.Copy(Path.Combine(MlopsCommand.RepositoryRoot, "eng", script), Path.Combine(_folder.FullName, "eng", script));
        }
    }

    private string Tools => Path.Combine(_folder.FullName, "tools");

    public void Dispose() => _folder.Delete(recursive: true);

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
    public void Doctor_CommandNotBuilt_StillNamesTheCommandThatMendsIt() =>
        Assert.Contains("✗ the C# kernel              mend:  ./mlops kernel install\n", Launch("", "doctor").Output, StringComparison.Ordinal);

    private CommandResult Launch(string status, params string[] arguments)
    {
        Prepare();
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(_folder.FullName, "mlops"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = Tools;
        start.Environment["STATUS"] = status;
        start.Environment.Remove("MLOPS_ROOT");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, errors.Result);
    }

    private void Prepare()
    {
        if (Directory.Exists(Tools))
        {
            return;
        }

        Directory.CreateDirectory(Tools);
        string dotnet = Path.Combine(Tools, "dotnet");
        File.WriteAllText(dotnet, Dotnet.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        foreach (string tool in s_tools)
        {
            string? found = new[] { "/usr/bin", "/bin" }.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
            if (found is not null)
            {
                File.CreateSymbolicLink(Path.Combine(Tools, tool), found);
            }
        }
    }
}
